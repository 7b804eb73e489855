package com.ourvidz.core.estimate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Answers that may be a moment old: however many ask, each is looked up once in that time. */
final class Remembered<K, V> {

    private record Answer<V>(V value, Instant at) {}

    private final Map<K, Answer<V>> answers = new ConcurrentHashMap<>();
    private final Function<K, V> lookup;
    private final InstantSource clock;
    private final Duration moment;

    Remembered(Function<K, V> lookup, InstantSource clock, Duration moment) {
        this.lookup = lookup;
        this.clock = clock;
        this.moment = moment;
    }

    V get(K key) {
        return answers.compute(key, (same, known) -> known != null && isFresh(known) ? known : ask(same)).value;
    }

    private Answer<V> ask(K key) {
        return new Answer<>(lookup.apply(key), clock.instant());
    }

    /** An answer from the future is none: the clock was put back. */
    private boolean isFresh(Answer<V> answer) {
        var age = Duration.between(answer.at, clock.instant());
        return !age.isNegative() && age.compareTo(moment) < 0;
    }
}
