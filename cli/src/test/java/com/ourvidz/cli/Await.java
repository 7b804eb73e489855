package com.ourvidz.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Waits for what another process does, up to a deadline that only a broken one reaches. */
final class Await {

    private static final Duration LONGEST = Duration.ofMinutes(8);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private Await() {}

    /** Looks until what it sees is as expected, and returns that. */
    static <T> T until(String what, Callable<T> look, Predicate<T> expected) {
        var deadline = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            var seen = seen(look);
            if (expected.test(seen)) {
                return seen;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not within " + LONGEST + ": " + what + "; it is " + seen);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static <T> T seen(Callable<T> look) {
        try {
            return look.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
