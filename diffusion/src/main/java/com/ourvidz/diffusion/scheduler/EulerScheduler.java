package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Supported;
import java.util.Arrays;

/**
 * Euler's method on the probability flow, algorithm 2 of Karras et al. 2022 without churn: diffusers' {@code EulerDiscreteScheduler}, in the
 * precision that it computes in.
 */
public final class EulerScheduler implements Scheduler {

    private final NoiseLevels levels;
    private final TimestepSpacing spacing;
    private final int offset;
    private final SigmaSpacing sigmaSpacing;
    private final Config config;
    private final double finalSigma;
    private final PredictionType predictionType;

    /**
     * Reads {@code scheduler_config.json}.
     *
     * @throws CheckpointException when a setting is not supported
     */
    public EulerScheduler(Config config) {
        this.config = config;
        this.levels = NoiseLevels.of(config);
        this.spacing = TimestepSpacing.of(config, "linspace");
        this.offset = config.integer("steps_offset", 0);
        this.sigmaSpacing = SigmaSpacing.of(config);
        this.finalSigma = finalSigma();
        this.predictionType = PredictionType.of(config);
        new Supported(config).only("interpolation_type", "linear").only("timestep_type", "discrete");
    }

    @Override
    public String name() {
        return "EulerDiscreteScheduler";
    }

    @Override
    public Sampling plan(int steps) {
        if (steps < 1 || steps > levels.trainSteps()) {
            throw new IllegalArgumentException("steps must be 1 to " + levels.trainSteps() + ", not " + steps);
        }
        double[] trainedTimesteps = spacing.timesteps(levels.trainSteps(), steps, offset);
        double[] trained = Arrays.stream(trainedTimesteps).map(levels::at).toArray();
        double[] sigmas = sigmaSpacing.respace(trained, largest(trained), smallest(trained));
        double[] timesteps = sigmaSpacing == SigmaSpacing.TRAINED
                ? trainedTimesteps
                : Arrays.stream(sigmas).map(levels::timestep).toArray();
        return new EulerSampling(
                floats(timesteps), floats(sigmas, finalSigma), predictionType, spacing == TimestepSpacing.LEADING);
    }

    private double largest(double[] sigmas) {
        return config.number("sigma_max", sigmas[0]);
    }

    private double smallest(double[] sigmas) {
        return config.number("sigma_min", sigmas[sigmas.length - 1]);
    }

    private double finalSigma() {
        String type = config.text("final_sigmas_type", "zero");
        return switch (type) {
            case "zero" -> 0;
            case "sigma_min" -> levels.smallest();
            default -> throw config.invalid("final_sigmas_type", "is '" + type + "', which is not supported");
        };
    }

    private static float[] floats(double[] values, double... more) {
        float[] floats = new float[values.length + more.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) (i < values.length ? values[i] : more[i - values.length]);
        }
        return floats;
    }
}
