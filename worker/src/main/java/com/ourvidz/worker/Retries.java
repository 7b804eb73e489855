package com.ourvidz.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries again what failed on the way to the server: with exponential backoff, and with jitter so that workers do not return all at once. */
final class Retries {

    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** 45 seconds or so: a server that restarts is back by then. */
    private static final int TRIES = 10;

    /** How time passes between tries. */
    interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }

    /** Something that may fail on the way. */
    interface Call<T> {
        T run() throws IOException, InterruptedException;
    }

    /** A call without an answer. */
    interface Action {
        void run() throws IOException, InterruptedException;
    }

    private final Sleeper sleeper;
    private final RandomGenerator random;

    Retries(Sleeper sleeper, RandomGenerator random) {
        this.sleeper = sleeper;
        this.random = random;
    }

    /**
     * The call's answer, after as many as ten tries.
     *
     * @throws IOException of the last try
     */
    <T> T call(String what, Call<T> call) throws IOException, InterruptedException {
        return call(what, TRIES, call);
    }

    /**
     * The call's answer, after as many as {@code tries}.
     *
     * @throws IOException of the last try
     */
    <T> T call(String what, int tries, Call<T> call) throws IOException, InterruptedException {
        for (var failures = 0; ; ) {
            try {
                return call.run();
            } catch (IOException e) {
                failures++;
                if (failures == tries) {
                    throw e;
                }
                LOG.warn("{} failed, trying again: {}", what, e.toString());
                pause(failures);
            }
        }
    }

    void run(String what, Action action) throws IOException, InterruptedException {
        call(what, () -> {
            action.run();
            return true;
        });
    }

    /** Waits after the given number of failures in a row: between half and all of 0.25 s, 0.5 s, 1 s … 10 s. */
    void pause(int failures) throws InterruptedException {
        var full = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(failures - 1, 16));
        sleeper.sleep(Duration.ofMillis(random.nextLong(full / 2, full + 1)));
    }
}
