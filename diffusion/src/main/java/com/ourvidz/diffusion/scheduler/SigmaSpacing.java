package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** How the noise levels of a run lie between the largest and the smallest. */
enum SigmaSpacing {
    /** As the timesteps have them. */
    TRAINED,
    /** Dense where they are small: equation 5 of Karras et al. 2022, with its rho of 7. */
    KARRAS,
    /** Evenly in the logarithm. */
    EXPONENTIAL;

    private static final double RHO = 7;

    /**
     * The spacing that the settings ask for.
     *
     * @throws CheckpointException when the settings ask for more than one, or for one that is not supported
     */
    static SigmaSpacing of(Config config) {
        boolean karras = config.flag("use_karras_sigmas", false);
        boolean exponential = config.flag("use_exponential_sigmas", false);
        if (config.flag("use_beta_sigmas", false)) {
            throw config.invalid("use_beta_sigmas", "is true, which is not supported");
        }
        if (karras && exponential) {
            throw config.invalid("use_karras_sigmas", "and 'use_exponential_sigmas' are both true");
        }
        return karras ? KARRAS : exponential ? EXPONENTIAL : TRAINED;
    }

    /**
     * As many levels as {@code trained} has.
     *
     * @param largest the first level, unless {@code sigma_max} is set
     * @param smallest the last level, unless {@code sigma_min} is set
     */
    double[] respace(Config config, double[] trained, double largest, double smallest) {
        double from = config.number("sigma_max", largest);
        double to = config.number("sigma_min", smallest);
        return switch (this) {
            case TRAINED -> trained;
            case KARRAS -> ramp(trained.length, Math.pow(from, 1 / RHO), Math.pow(to, 1 / RHO), x -> Math.pow(x, RHO));
            case EXPONENTIAL -> ramp(trained.length, Math.log(from), Math.log(to), Math::exp);
        };
    }

    private static double[] ramp(int count, double from, double to, DoubleUnaryOperator scale) {
        return Arrays.stream(Linspace.of(0, 1, count))
                .map(x -> scale.applyAsDouble(from + x * (to - from)))
                .toArray();
    }
}
