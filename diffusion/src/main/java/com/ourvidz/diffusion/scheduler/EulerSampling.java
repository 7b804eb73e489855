package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.tensor.Noise;
import com.ourvidz.diffusion.tensor.Scoped;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * One picture's way by Euler's method. Samples are the picture with noise added, not mixed in, so that they grow with the noise and are
 * scaled for the model. It remembers nothing between steps.
 *
 * @param unitVariance whether the first sample is the noise with the picture's own variance of 1 added, not noise alone
 * @param ancestral whether each step goes further down than asked for and adds new noise
 */
record EulerSampling(Course course, PredictionType predictionType, boolean unitVariance, boolean ancestral)
        implements CourseSampling {

    @Override
    public float initialNoiseSigma() {
        float largest = course.sigma(0);
        return unitVariance ? deviation(largest) : largest;
    }

    @Override
    public Tensor scaleModelInput(Tensor sample, int index) {
        return sample.div(new Scalar(deviation(course.sigma(index))));
    }

    @Override
    public Tensor step(Tensor modelOutput, int index, Tensor sample, Noise noise) {
        return Scoped.result(() -> {
            float sigma = course.sigma(index);
            Tensor derivative = sample.sub(cleanAt(sigma, modelOutput, sample)).div(new Scalar(sigma));
            float next = course.sigma(index + 1);
            return ancestral ? renew(derivative, sigma, next, sample, noise) : follow(derivative, next - sigma, sample);
        });
    }

    private static Tensor follow(Tensor derivative, float way, Tensor sample) {
        return derivative.mul(new Scalar(way)).add(sample);
    }

    /** As much noise is new as a step of the training's chain would add: the variance of {@code next} is that of both parts. */
    private static Tensor renew(Tensor derivative, float sigma, float next, Tensor sample, Noise noise) {
        float up = (float) Math.sqrt(next * next * (sigma * sigma - next * next) / (sigma * sigma));
        float down = (float) Math.sqrt(next * next - up * up);
        return follow(derivative, down - sigma, sample).add(noise.like(sample).mul(new Scalar(up)));
    }

    @Override
    public Tensor clean(Tensor modelOutput, int index, Tensor sample) {
        return cleanAt(course.sigma(index), modelOutput, sample);
    }

    private Tensor cleanAt(float sigma, Tensor modelOutput, Tensor sample) {
        return switch (predictionType) {
            case EPSILON, FLOW_PREDICTION -> sample.sub(modelOutput.mul(new Scalar(sigma)));
            case V_PREDICTION ->
                modelOutput.mul(new Scalar(-sigma / deviation(sigma))).add(sample.div(new Scalar(sigma * sigma + 1)));
            case SAMPLE -> modelOutput;
        };
    }

    @Override
    public Tensor addNoise(Tensor original, Tensor noise, int index) {
        return original.add(noise.mul(new Scalar(course.sigma(index))));
    }

    /** The standard deviation of a picture of variance 1 with this much noise. */
    private static float deviation(float sigma) {
        return (float) Math.sqrt(sigma * sigma + 1);
    }
}
