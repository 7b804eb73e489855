package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Supported;
import org.bytedeco.pytorch.Tensor;

/** The chain of steps that the model was trained on (Ho et al. 2020), for the samplers that go along it. */
final class Chain {

    private final float[] signalVariances; // (training steps), falling
    private final Rates end;
    private final PredictionType predictionType;
    private final Clip clip;

    /**
     * Reads {@code scheduler_config.json}.
     *
     * @param betas what holds where the settings say nothing of them
     * @param clipped whether the clean sample is bounded where the settings say nothing of it
     * @throws CheckpointException when a setting is not supported
     */
    Chain(Config config, NoiseSchedule.Betas betas, boolean clipped) {
        new Supported(config).off("thresholding");
        this.signalVariances = NoiseSchedule.of(config, betas);
        this.end = Rates.ofSignalVariance(config.flag("set_alpha_to_one", true) ? 1 : signalVariances[0]);
        this.predictionType = PredictionType.of(config, PredictionType.DIFFUSION);
        this.clip = Clip.of(config, clipped);
    }

    int trainSteps() {
        return signalVariances.length;
    }

    /** @param timestep below 0 for the chain's clean end; an offset may lead past the noisy one */
    Rates rates(int timestep) {
        return timestep < 0
                ? end
                : Rates.ofSignalVariance(signalVariances[Math.min(timestep, signalVariances.length - 1)]);
    }

    /** The clean sample, when the model says {@code output} of {@code sample}. */
    Tensor clean(int timestep, Tensor output, Tensor sample) {
        return clip.apply(rates(timestep).clean(predictionType, output, sample));
    }

    /** The noise in {@code sample}, when the model says {@code output} of it. */
    Tensor epsilon(int timestep, Tensor output, Tensor sample) {
        return rates(timestep).epsilon(predictionType, output, sample);
    }
}
