package com.ourvidz.core.webhook;

import java.util.Optional;

/**
 * What came back from an endpoint.
 *
 * @param status the HTTP status; empty when there was no answer
 * @param answer the beginning of the answer's body, or why there is none, for the user to read
 * @param retryAfter the header of that name
 */
public record Outcome(Optional<Integer> status, String answer, Optional<String> retryAfter) {

    private static final int GONE = 410;

    public static Outcome unanswered(String why) {
        return new Outcome(Optional.empty(), why, Optional.empty());
    }

    /** A redirect is none: it is not followed. */
    public boolean delivered() {
        return status.filter(code -> code / 100 == 2).isPresent();
    }

    /** The endpoint wants to hear nothing more. */
    boolean gone() {
        return status.filter(code -> code == GONE).isPresent();
    }
}
