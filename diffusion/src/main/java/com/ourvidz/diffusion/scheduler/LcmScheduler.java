package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import java.util.stream.IntStream;

/**
 * Sampling from latent consistency models (Luo et al. 2023), which come to the clean sample in one step, and go back to some noise to do it
 * better: diffusers' {@code LCMScheduler}.
 */
public final class LcmScheduler implements Scheduler {

    private final Chain chain;
    private final int distilledSteps;
    private final ConsistencyBoundary boundary;

    /**
     * Reads {@code scheduler_config.json}.
     *
     * @throws CheckpointException when a setting is not supported
     */
    public LcmScheduler(Config config) {
        this.chain = new Chain(config, NoiseSchedule.Betas.LATENT_DIFFUSION, false);
        this.distilledSteps = config.integer("original_inference_steps", 50);
        this.boundary = new ConsistencyBoundary((float) config.number("timestep_scaling", 10));
        if (distilledSteps < 1 || distilledSteps > chain.trainSteps()) {
            throw config.invalid(
                    "original_inference_steps", "is " + distilledSteps + ", not 1 to " + chain.trainSteps());
        }
    }

    @Override
    public String name() {
        return "LCMScheduler";
    }

    /** @param steps 1 to the number of steps that the model was distilled for */
    @Override
    public Sampling plan(int steps) {
        return new LcmSampling(Course.floats(timesteps(Timesteps.checked(steps, distilledSteps))), chain, boundary);
    }

    /** Evenly spread over those that the model was distilled for. */
    private double[] timesteps(int steps) {
        int stride = chain.trainSteps() / distilledSteps;
        double spread = distilledSteps / (double) steps;
        return IntStream.range(0, steps)
                .mapToDouble(i -> distilledSteps - Math.floor(i * spread))
                .map(place -> place * stride - 1)
                .toArray();
    }
}
