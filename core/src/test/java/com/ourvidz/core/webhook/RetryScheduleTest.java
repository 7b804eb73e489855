package com.ourvidz.core.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private final RetrySchedule schedule = new RetrySchedule(new Random(7));

    @Test
    void line71TenTriesAreSpreadOverThreeDaysAndMoreAndThenItIsOver() {
        var pauses = IntStream.rangeClosed(1, 9).mapToObj(this::pause).toList();

        assertThat(pauses).isSorted();
        assertThat(pauses.getFirst()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
        assertThat(pauses.getLast()).isBetween(Duration.ofHours(24), Duration.ofHours(29));
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus)).isGreaterThan(Duration.ofDays(3));
        assertThat(schedule.next(10, failed(Optional.empty()), NOW)).isEmpty();
    }

    @Test
    void triesAreSpreadAtRandom() {
        assertThat(IntStream.range(0, 20).mapToObj(i -> pause(2)).distinct()).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "600 | 600",
                "Thu, 1 Jan 2026 13:00:00 GMT | 3600",
                "999999999 | 86400",
                "Fri, 1 Jan 2027 00:00:00 GMT | 86400"
            })
    void line69AnEndpointThatAsksForPatienceGetsItWithinADay(String retryAfter, long seconds) {
        assertThat(schedule.next(1, failed(Optional.of(retryAfter)), NOW)).contains(NOW.plusSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "-5", "soon", "''", "99999999999999999999", "'Thu, 1 Jan 1970 00:00:00 GMT'"})
    void anEndpointDoesNotHurryUsAndCannotConfuseUs(String retryAfter) {
        assertThat(Duration.between(
                        NOW,
                        schedule.next(1, failed(Optional.of(retryAfter)), NOW).orElseThrow()))
                .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
    }

    private Duration pause(int attempts) {
        return Duration.between(
                NOW, schedule.next(attempts, failed(Optional.empty()), NOW).orElseThrow());
    }

    private static Outcome failed(Optional<String> retryAfter) {
        return new Outcome(Optional.of(429), "", retryAfter);
    }
}
