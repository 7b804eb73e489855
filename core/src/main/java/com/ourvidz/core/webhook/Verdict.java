package com.ourvidz.core.webhook;

import java.time.Instant;

/** What becomes of a delivery after a try. */
public sealed interface Verdict {

    record Delivered() implements Verdict {}

    record Again(Instant at) implements Verdict {}

    /** Tried often enough. */
    record Dead() implements Verdict {}

    /** The endpoint said that it is no more: it is switched off. */
    record Gone() implements Verdict {}
}
