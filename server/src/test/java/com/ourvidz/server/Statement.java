package com.ourvidz.server;

import java.util.function.Consumer;

/** One row of the table of what the API reference says: in which of its sections, in which words, and what holds the platform to it. */
sealed interface Statement {

    String section();

    String text();

    /** Shown here, over HTTP against a started platform. */
    record Checked(String section, String text, Consumer<ContractClient> check) implements Statement {}

    /** Shown by another test, mostly because it takes a real engine: by the class's name, without the package. */
    record ShownBy(String section, String text, String test) implements Statement {}

    /** Not shown by any test. */
    record NotCovered(String section, String text, String why) implements Statement {}
}
