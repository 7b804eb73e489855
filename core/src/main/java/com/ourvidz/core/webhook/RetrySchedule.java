package com.ourvidz.core.webhook;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When a delivery that failed is tried again: ten tries over three days, and a little later at random, so that many do not come at once. */
public final class RetrySchedule {

    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    /** An endpoint may ask for patience, not for eternity. */
    private static final Duration MOST_PATIENCE = Duration.ofHours(24);

    private static final double JITTER = 0.2;

    private final RandomGenerator random;

    public RetrySchedule(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The next try; empty when the last one was the last.
     *
     * @param attempts tries so far, from 1
     */
    Optional<Instant> next(int attempts, Outcome failure, Instant now) {
        if (attempts > PAUSES.size()) {
            return Optional.empty();
        }
        var pause = jittered(PAUSES.get(attempts - 1));
        var asked = failure.retryAfter().flatMap(text -> patience(text, now)).orElse(Duration.ZERO);
        return Optional.of(now.plus(asked.compareTo(pause) > 0 ? asked : pause));
    }

    private Duration jittered(Duration pause) {
        return pause.plusMillis((long) (pause.toMillis() * JITTER * random.nextDouble()));
    }

    /** A number of seconds or a date; what is neither says nothing. */
    private static Optional<Duration> patience(String retryAfter, Instant now) {
        try {
            var asked = retryAfter.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(retryAfter))
                    : Duration.between(now, ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME));
            return Optional.of(asked.compareTo(MOST_PATIENCE) > 0 ? MOST_PATIENCE : asked);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
