package com.ourvidz.server.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration YOUNG = Duration.ofSeconds(3);
    private static final Duration OLD = Duration.ofMinutes(5);

    @Test
    void theFirstRestartIsAtOnceAndFurtherOnesWaitUpTo30Seconds() {
        var backoff = new Backoff();
        assertThat(IntStream.range(0, 9)
                        .mapToObj(death -> backoff.afterDeathAt(YOUNG).toSeconds()))
                .containsExactly(0L, 1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
    }

    @Test
    void aWorkerThatLivedLongIsRestartedAtOnce() {
        var backoff = new Backoff();
        IntStream.range(0, 5).forEach(death -> backoff.afterDeathAt(YOUNG));
        assertThat(backoff.afterDeathAt(OLD)).isZero();
    }
}
