package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;

/** The noise level that the last step leaves. */
enum FinalSigma {
    ZERO,
    /** What the model was trained on at the least. */
    SIGMA_MIN;

    /**
     * The setting {@code final_sigmas_type}.
     *
     * @throws CheckpointException when it is not supported
     */
    static FinalSigma of(Config config) {
        String type = config.text("final_sigmas_type", "zero");
        return switch (type) {
            case "zero" -> ZERO;
            case "sigma_min" -> SIGMA_MIN;
            default -> throw config.invalid("final_sigmas_type", "is '" + type + "', which is not supported");
        };
    }

    double level(double smallest) {
        return this == ZERO ? 0 : smallest;
    }
}
