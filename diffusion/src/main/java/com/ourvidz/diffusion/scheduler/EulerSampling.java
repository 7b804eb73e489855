package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.tensor.Noise;
import com.ourvidz.diffusion.tensor.Scoped;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** One picture's way by {@link EulerScheduler}. It remembers nothing between steps. */
final class EulerSampling implements Sampling {

    private final float[] timesteps;
    private final float[] sigmas; // one more than timesteps
    private final PredictionType predictionType;
    private final boolean unitVariance;

    /**
     * @param unitVariance whether the first sample is the noise with the picture's own variance of 1 added, not noise alone
     */
    EulerSampling(float[] timesteps, float[] sigmas, PredictionType predictionType, boolean unitVariance) {
        this.timesteps = timesteps;
        this.sigmas = sigmas;
        this.predictionType = predictionType;
        this.unitVariance = unitVariance;
    }

    @Override
    public List<Float> timesteps() {
        return list(timesteps);
    }

    /** The noise level before each step, and after the last. */
    List<Float> sigmas() {
        return list(sigmas);
    }

    @Override
    public float initialNoiseSigma() {
        float largest = sigmas[0];
        return unitVariance ? deviation(largest) : largest;
    }

    @Override
    public Tensor scaleModelInput(Tensor sample, int index) {
        return sample.div(new Scalar(deviation(sigmas[index])));
    }

    @Override
    public Tensor step(Tensor modelOutput, int index, Tensor sample, Noise noise) {
        return Scoped.result(() -> {
            Tensor clean = clean(modelOutput, sigmas[index], sample);
            Tensor derivative = sample.sub(clean).div(new Scalar(sigmas[index]));
            return derivative.mul(new Scalar(sigmas[index + 1] - sigmas[index])).add(sample);
        });
    }

    private Tensor clean(Tensor modelOutput, float sigma, Tensor sample) {
        return switch (predictionType) {
            case EPSILON -> sample.sub(modelOutput.mul(new Scalar(sigma)));
            case V_PREDICTION ->
                modelOutput.mul(new Scalar(-sigma / deviation(sigma))).add(sample.div(new Scalar(sigma * sigma + 1)));
            case SAMPLE -> modelOutput;
        };
    }

    @Override
    public Tensor addNoise(Tensor original, Tensor noise, int index) {
        return original.add(noise.mul(new Scalar(sigmas[index])));
    }

    /** The standard deviation of a picture of variance 1 with this much noise. */
    private static float deviation(float sigma) {
        return (float) Math.sqrt(sigma * sigma + 1);
    }

    private static List<Float> list(float[] values) {
        return IntStream.range(0, values.length).mapToObj(i -> values[i]).toList();
    }
}
