package com.ourvidz.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetriesTest {

    private final List<Duration> slept = new ArrayList<>();
    private final Retries retries = new Retries(slept::add, new Random(7));

    @Test
    void aCallThatFailsAFewTimesGivesItsAnswer() throws Exception {
        var tries = new AtomicInteger();
        var answer = retries.call("It", () -> {
            if (tries.incrementAndGet() < 4) {
                throw new IOException("gone");
            }
            return "here";
        });
        assertThat(answer).isEqualTo("here");
        assertThat(slept).hasSize(3);
    }

    @Test
    void theTenthFailureIsTheLast() {
        assertThatThrownBy(() -> retries.run("It", () -> {
                    throw new IOException("gone");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("gone");
        assertThat(slept).hasSize(9);
    }

    @Test
    void pausesDoubleUpToTenSecondsWithUpToHalfOfJitter() throws Exception {
        for (var failures = 1; failures <= 40; failures++) {
            retries.pause(failures);
            var full = Math.min(10_000, 250L << Math.min(failures - 1, 20));
            assertThat(slept.getLast().toMillis()).isBetween(full / 2, full);
        }
        assertThat(new HashSet<>(slept.subList(10, 40))).hasSizeGreaterThan(20);
    }

    @Test
    void aRefusalIsNotTriedAgain() {
        assertThatThrownBy(() -> retries.run("It", () -> {
                    throw new RefusedException(413, "Too large.");
                }))
                .isInstanceOf(RefusedException.class);
        assertThat(slept).isEmpty();
    }
}
