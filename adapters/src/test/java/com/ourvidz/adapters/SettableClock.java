package com.ourvidz.adapters;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until a test moves it. */
public final class SettableClock implements InstantSource {

    private final AtomicLong millis =
            new AtomicLong(Instant.parse("2026-01-01T12:00:00Z").toEpochMilli());

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis.get());
    }

    public void advance(Duration duration) {
        millis.addAndGet(duration.toMillis());
    }
}
