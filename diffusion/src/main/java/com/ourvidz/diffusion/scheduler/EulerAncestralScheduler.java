package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import java.util.Set;

/**
 * Euler's method with new noise at each step, as the chain of Ho et al. 2020 (DDPM) has it: diffusers' {@code
 * EulerAncestralDiscreteScheduler}.
 */
public final class EulerAncestralScheduler implements Scheduler {

    private final NoiseLevels levels;
    private final Timesteps timesteps;
    private final PredictionType predictionType;

    /**
     * Reads {@code scheduler_config.json}.
     *
     * @throws CheckpointException when a setting is not supported
     */
    public EulerAncestralScheduler(Config config) {
        this.levels = NoiseLevels.of(config);
        this.timesteps = Timesteps.of(config, levels.trainSteps(), TimestepSpacing.LINSPACE);
        this.predictionType = PredictionType.of(config, Set.of(PredictionType.EPSILON, PredictionType.V_PREDICTION));
    }

    @Override
    public String name() {
        return "EulerAncestralDiscreteScheduler";
    }

    @Override
    public Sampling plan(int steps) {
        double[] visited = timesteps.fractional(steps);
        Course course = Course.of(visited, levels.at(visited), 0);
        return new EulerSampling(course, predictionType, timesteps.startAtUnitVariance(), true);
    }
}
