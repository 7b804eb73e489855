package com.ourvidz.diffusion.scheduler;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * What a noisy sample is made of: {@code signal · clean + noise · ε} (α and σ in the papers). In float32 and in the order that diffusers
 * computes in.
 *
 * @param signal 0 … 1
 * @param noise 0 … 1
 */
record Rates(float signal, float noise) {

    /** Of a model with a noise schedule: the variances of the two parts add up to 1, and {@code sigma} is noise by signal. */
    static Rates variancePreserving(float sigma) {
        float signal = 1 / (float) Math.sqrt(sigma * sigma + 1);
        return new Rates(signal, sigma * signal);
    }

    /** Of a flow model: the parts themselves add up to 1. */
    static Rates flow(float sigma) {
        return new Rates(1 - sigma, sigma);
    }

    /** From the share that the clean sample has of the variance. */
    static Rates ofSignalVariance(float variance) {
        return new Rates((float) Math.sqrt(variance), (float) Math.sqrt(1 - variance));
    }

    /** Half the logarithm of the signal-to-noise ratio (λ), in which the solvers measure time; infinite without noise. */
    float logSnr() {
        return (float) Math.log(signal) - (float) Math.log(noise);
    }

    Tensor mix(Tensor clean, Tensor epsilon) {
        return clean.mul(new Scalar(signal)).add(epsilon.mul(new Scalar(noise)));
    }

    /** The clean sample, when the model says {@code output} of {@code sample}. */
    Tensor clean(PredictionType type, Tensor output, Tensor sample) {
        return switch (type) {
            case EPSILON -> sample.sub(output.mul(new Scalar(noise))).div(new Scalar(signal));
            case V_PREDICTION -> sample.mul(new Scalar(signal)).sub(output.mul(new Scalar(noise)));
            case SAMPLE -> output;
            case FLOW_PREDICTION -> sample.sub(output.mul(new Scalar(noise)));
        };
    }

    /** The noise in {@code sample}, when the model says {@code output} of it. */
    Tensor epsilon(PredictionType type, Tensor output, Tensor sample) {
        return switch (type) {
            case EPSILON -> output;
            case V_PREDICTION -> output.mul(new Scalar(signal)).add(sample.mul(new Scalar(noise)));
            case SAMPLE -> sample.sub(output.mul(new Scalar(signal))).div(new Scalar(noise));
            case FLOW_PREDICTION -> sample.add(output.mul(new Scalar(signal)));
        };
    }
}
