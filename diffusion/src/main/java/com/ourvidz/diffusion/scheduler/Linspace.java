package com.ourvidz.diffusion.scheduler;

import java.util.stream.IntStream;

/** Evenly spaced numbers, by NumPy's operations: where they are rounded, the last digit decides. */
final class Linspace {

    private Linspace() {}

    /** {@code count} numbers, with both ends; one number is {@code from}. */
    static double[] of(double from, double to, int count) {
        double stride = count == 1 ? 0 : (to - from) / (count - 1);
        double[] values =
                IntStream.range(0, count).mapToDouble(i -> from + i * stride).toArray();
        if (count > 1) {
            values[count - 1] = to;
        }
        return values;
    }
}
