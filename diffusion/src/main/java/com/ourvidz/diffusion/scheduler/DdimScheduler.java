package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;

/** DDIM (Song et al. 2021) without noise on the way (η = 0): diffusers' {@code DDIMScheduler}. */
public final class DdimScheduler implements Scheduler {

    private final Chain chain;
    private final Timesteps timesteps;

    /**
     * Reads {@code scheduler_config.json}.
     *
     * @throws CheckpointException when a setting is not supported
     */
    public DdimScheduler(Config config) {
        this.chain = new Chain(config, NoiseSchedule.Betas.DDPM, true);
        this.timesteps = Timesteps.of(config, chain.trainSteps(), TimestepSpacing.LEADING);
    }

    @Override
    public String name() {
        return "DDIMScheduler";
    }

    @Override
    public Sampling plan(int steps) {
        return new DdimSampling(Course.floats(timesteps.whole(steps)), chain.trainSteps() / steps, chain);
    }
}
