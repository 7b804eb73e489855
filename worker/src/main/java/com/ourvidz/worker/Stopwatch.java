package com.ourvidz.worker;

/** Time since a moment, in seconds to the millisecond. */
record Stopwatch(long startedNanos) {

    static Stopwatch start() {
        return new Stopwatch(System.nanoTime());
    }

    double seconds() {
        return Math.round((System.nanoTime() - startedNanos) / 1e6) / 1e3;
    }
}
