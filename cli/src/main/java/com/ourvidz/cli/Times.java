package com.ourvidz.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What each part of a command took: {@code time  start 3.10 s, text 0.05 s, denoise 2.01 s, total 5.40 s}. */
final class Times {

    private final long started = System.nanoTime();
    private final List<String> parts = new ArrayList<>();
    private long lastLap = started;

    /** Adds what passed since the last lap, or since the beginning. */
    void lap(String part) {
        var now = System.nanoTime();
        add(part, Duration.ofNanos(now - lastLap));
        lastLap = now;
    }

    void add(String part, Duration time) {
        parts.add(String.format(Locale.ROOT, "%s %.2f s", part, time.toNanos() / 1e9));
    }

    /** All parts, and the total until now. */
    String line() {
        add("total", Duration.ofNanos(System.nanoTime() - started));
        return "time  " + String.join(", ", parts);
    }
}
