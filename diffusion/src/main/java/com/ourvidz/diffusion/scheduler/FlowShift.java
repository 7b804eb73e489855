package com.ourvidz.diffusion.scheduler;

import java.util.Arrays;

/**
 * How far a flow model's noise levels, evenly spaced, are moved towards noise: equation 23 of Esser et al. 2024. Large pictures and videos
 * need more.
 *
 * @param shift 1 moves nothing
 */
record FlowShift(double shift) {

    private static final double FROM_NOISE_ALONE = 1e-6;

    double apply(double sigma) {
        return shift * sigma / (1 + (shift - 1) * sigma);
    }

    double[] apply(double[] sigmas) {
        return Arrays.stream(sigmas).map(this::apply).toArray();
    }

    /** The levels from noise on, for a solver that needs some signal at the start: λ of noise alone is infinite. */
    Course solverCourse(int trainSteps, int steps, FinalSigma finalSigma) {
        double[] sigmas = apply(Arrays.copyOf(Linspace.of(1, 1.0 / trainSteps, steps + 1), steps));
        if (Math.abs(sigmas[0] - 1) < FROM_NOISE_ALONE) {
            sigmas[0] -= FROM_NOISE_ALONE;
        }
        double[] timesteps = Arrays.stream(sigmas)
                .map(sigma -> Math.floor(sigma * trainSteps))
                .toArray();
        return Course.of(timesteps, sigmas, finalSigma.level(sigmas[steps - 1]));
    }
}
