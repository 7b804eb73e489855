package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Supported;
import java.util.Arrays;

/** Euler's method for flow models (Lipman et al. 2023, Esser et al. 2024): diffusers' {@code FlowMatchEulerDiscreteScheduler}. */
public final class FlowMatchEulerScheduler implements Scheduler {

    private final Config config;
    private final int trainSteps;
    private final FlowShift shift;
    private final SigmaSpacing spacing;

    /**
     * Reads {@code scheduler_config.json}.
     *
     * @throws CheckpointException when a setting is not supported
     */
    public FlowMatchEulerScheduler(Config config) {
        new Supported(config)
                .off("use_dynamic_shifting", "invert_sigmas", "stochastic_sampling")
                .unset("shift_terminal");
        this.config = config;
        this.trainSteps = NoiseSchedule.trainSteps(config);
        this.shift = new FlowShift(config.number("shift", 1));
        this.spacing = SigmaSpacing.of(config);
    }

    @Override
    public String name() {
        return "FlowMatchEulerDiscreteScheduler";
    }

    @Override
    public Sampling plan(int steps) {
        double[] sigmas = levels(Timesteps.checked(steps, trainSteps));
        double[] timesteps =
                Arrays.stream(sigmas).map(sigma -> (float) sigma * trainSteps).toArray();
        return new FlowMatchEulerSampling(Course.of(timesteps, sigmas, 0));
    }

    /** Shifted twice, as in diffusers: the smallest level is a shifted one before all are shifted. */
    private double[] levels(int steps) {
        double smallest = (float) shift.apply(1.0 / trainSteps);
        double[] shifted = shift.apply(Linspace.of(1, smallest, steps));
        return spacing.respace(config, shifted, shifted[0], shifted[steps - 1]);
    }
}
