package com.ourvidz.diffusion.scheduler;

import java.util.Arrays;
import java.util.List;

/**
 * The steps of one run.
 *
 * @param timesteps what the model is told at each step
 * @param sigmas the noise level before each step, and after the last
 */
record Course(List<Float> timesteps, List<Float> sigmas) {

    static Course of(double[] timesteps, double[] sigmas, double lastSigma) {
        double[] levels = Arrays.copyOf(sigmas, sigmas.length + 1);
        levels[sigmas.length] = lastSigma;
        return new Course(floats(timesteps), floats(levels));
    }

    /** Float32, as diffusers has them. */
    static List<Float> floats(double[] values) {
        return Arrays.stream(values).mapToObj(value -> (float) value).toList();
    }

    int steps() {
        return timesteps.size();
    }

    float sigma(int index) {
        return sigmas.get(index);
    }
}
