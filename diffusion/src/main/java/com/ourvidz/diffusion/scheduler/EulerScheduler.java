package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Supported;

/**
 * Euler's method on the probability flow, algorithm 2 of Karras et al. 2022 without churn: diffusers' {@code EulerDiscreteScheduler}, in the
 * precision that it computes in.
 */
public final class EulerScheduler implements Scheduler {

    private final NoiseLevels levels;
    private final Timesteps timesteps;
    private final SigmaSpacing spacing;
    private final Config config;
    private final FinalSigma finalSigma;
    private final PredictionType predictionType;

    /**
     * Reads {@code scheduler_config.json}.
     *
     * @throws CheckpointException when a setting is not supported
     */
    public EulerScheduler(Config config) {
        this.config = config;
        this.levels = NoiseLevels.of(config);
        this.timesteps = Timesteps.of(config, levels.trainSteps(), TimestepSpacing.LINSPACE);
        this.spacing = SigmaSpacing.of(config);
        this.finalSigma = FinalSigma.of(config);
        this.predictionType = PredictionType.of(config, PredictionType.DIFFUSION);
        new Supported(config).only("interpolation_type", "linear").only("timestep_type", "discrete");
    }

    @Override
    public String name() {
        return "EulerDiscreteScheduler";
    }

    @Override
    public Sampling plan(int steps) {
        return new EulerSampling(course(steps), predictionType, timesteps.startAtUnitVariance(), false);
    }

    private Course course(int steps) {
        double[] visited = timesteps.fractional(steps);
        double[] trained = levels.at(visited);
        double[] sigmas = spacing.respace(config, trained, trained[0], trained[steps - 1]);
        return Course.of(
                spacing == SigmaSpacing.TRAINED ? visited : levels.timesteps(sigmas),
                sigmas,
                finalSigma.level(levels.smallest()));
    }
}
