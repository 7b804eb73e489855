package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** The courses of the multistep solvers: whole timesteps, and respaced levels between the model's own bounds. */
final class MultistepCourses {

    private final Config config;
    private final NoiseLevels levels;
    private final Timesteps timesteps;
    private final SigmaSpacing spacing;

    /**
     * Reads {@code scheduler_config.json}.
     *
     * @throws CheckpointException when a setting is not supported
     */
    MultistepCourses(Config config) {
        this.config = config;
        this.levels = NoiseLevels.of(config);
        this.timesteps = Timesteps.of(config, levels.trainSteps(), TimestepSpacing.LINSPACE);
        this.spacing = SigmaSpacing.of(config);
    }

    /** The model's smallest level. */
    double smallestTrained() {
        return levels.smallest();
    }

    /**
     * @param lastSigma the level after the last step, from the one before it
     * @param karrasRounding how the timesteps of Karras's levels become whole; others are cut off
     */
    Course course(int steps, DoubleUnaryOperator lastSigma, DoubleUnaryOperator karrasRounding) {
        double[] visited = timesteps.multistep(steps);
        double[] sigmas = spacing.respace(config, levels.at(visited), levels.largest(), levels.smallest());
        DoubleUnaryOperator rounding = spacing == SigmaSpacing.KARRAS ? karrasRounding : Math::floor;
        double[] respaced =
                Arrays.stream(levels.timesteps(sigmas)).map(rounding).toArray();
        return Course.of(isRespaced() ? respaced : visited, sigmas, lastSigma.applyAsDouble(sigmas[steps - 1]));
    }

    boolean isRespaced() {
        return spacing != SigmaSpacing.TRAINED;
    }
}
