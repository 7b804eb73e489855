package com.ourvidz.server.monitor;

import org.jspecify.annotations.Nullable;

/**
 * One of the figures by which the platform's performance is judged.
 *
 * @param unit {@code ratio}, {@code seconds}, {@code jobs} or {@code bytes}
 * @param value absent while nothing was measured
 * @param bound {@code at_least} or {@code at_most}
 * @param met whether the value keeps to the target; absent with the value
 */
public record Figure(
        String name,
        String unit,
        @Nullable Double value,
        String bound,
        double target,
        @Nullable Boolean met) {

    static Figure atLeast(String name, String unit, double value, double target) {
        return Double.isNaN(value)
                ? new Figure(name, unit, null, "at_least", target, null)
                : new Figure(name, unit, value, "at_least", target, value >= target);
    }

    static Figure atMost(String name, String unit, double value, double target) {
        return Double.isNaN(value)
                ? new Figure(name, unit, null, "at_most", target, null)
                : new Figure(name, unit, value, "at_most", target, value <= target);
    }
}
