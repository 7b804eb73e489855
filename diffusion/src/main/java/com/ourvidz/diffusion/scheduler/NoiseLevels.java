package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.checkpoint.Config;
import java.util.Arrays;

/**
 * The noise levels (sigmas) of the training steps, and how to go from a step to its level and back. Mixed precision on purpose: diffusers
 * has the table in float32 and computes with it in float64.
 */
final class NoiseLevels {

    /**
     * Where nothing of the picture is left, in place of infinity. diffusers takes 2^-24 for the picture's share, the smallest float16 above
     * zero: the level is the root of 2^24 - 1, whose last float32 digit its power rounds up.
     */
    private static final float ALMOST_ONLY_NOISE = 0x1p12f;

    private final float[] table; // (training steps), rising
    private final float[] logarithms;

    private NoiseLevels(float[] table) {
        this.table = table;
        this.logarithms = new float[table.length];
        for (int i = 0; i < table.length; i++) {
            logarithms[i] = (float) Math.log(table[i]);
        }
    }

    static NoiseLevels of(Config config) {
        float[] levels = NoiseSchedule.of(config, NoiseSchedule.Betas.DDPM);
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (float) Math.sqrt((1 - levels[i]) / levels[i]);
        }
        if (config.flag("rescale_betas_zero_snr", false)) {
            levels[levels.length - 1] = ALMOST_ONLY_NOISE;
        }
        return new NoiseLevels(levels);
    }

    int trainSteps() {
        return table.length;
    }

    double smallest() {
        return table[0];
    }

    double largest() {
        return table[table.length - 1];
    }

    double[] at(double[] timesteps) {
        return Arrays.stream(timesteps).map(this::at).toArray();
    }

    double[] timesteps(double[] levels) {
        return Arrays.stream(levels).map(this::timestep).toArray();
    }

    /** The level of a training step that need not be whole. */
    double at(double timestep) {
        double place = Math.clamp(timestep, 0.0, table.length - 1.0);
        int low = (int) place;
        if (low == place) {
            return table[low];
        }
        double slope = (double) table[low + 1] - table[low];
        return slope * (place - low) + table[low];
    }

    /** The training step of a level, by interpolating the logarithm. */
    double timestep(double level) {
        double logarithm = Math.log(Math.max(level, 1e-10));
        int low = 0;
        while (low < table.length - 2 && logarithms[low + 1] <= logarithm) {
            low++;
        }
        double weight = (logarithms[low] - logarithm) / ((double) logarithms[low] - logarithms[low + 1]);
        double bounded = Math.clamp(weight, 0.0, 1.0);
        return (1 - bounded) * low + bounded * (low + 1);
    }
}
