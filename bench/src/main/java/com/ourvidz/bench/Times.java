package com.ourvidz.bench;

import java.util.Collection;
import java.util.List;

/** Measured times in seconds, the shortest first. */
record Times(List<Double> sorted) {

    static Times of(Collection<Double> seconds) {
        return new Times(seconds.stream().sorted().toList());
    }

    double median() {
        return percentile(50);
    }

    /** By nearest rank. */
    double percentile(double percent) {
        var rank = (int) Math.ceil(percent / 100 * sorted.size());
        return sorted.get(Math.clamp(rank - 1, 0, sorted.size() - 1));
    }
}
