package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.tensor.Noise;
import com.ourvidz.diffusion.tensor.Scoped;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What stands in for a model in the reference numbers: {@code x * t / (t + 1)}. */
final class DummyModel {

    private DummyModel() {}

    /** The sample that the numbers start from: as many as the shape has, evenly from 0 to 1. */
    static Tensor sample(long... shape) {
        long count = 1;
        for (long size : shape) {
            count *= size;
        }
        return torch.arange(new Scalar(count)).div(new Scalar((double) count)).view(shape);
    }

    /** The sample after the steps from {@code first} up to {@code end}. */
    static Tensor steps(Sampling sampling, int first, int end, Tensor sample, Noise noise) {
        return Scoped.result(() -> {
            Tensor latest = sample;
            for (int i = first; i < end; i++) {
                latest = step(sampling, i, latest, noise);
            }
            return latest;
        });
    }

    static Tensor step(Sampling sampling, int index, Tensor sample, Noise noise) {
        float t = sampling.timesteps().get(index);
        return Scoped.result(() -> {
            Tensor input = sampling.scaleModelInput(sample, index);
            Tensor output = input.mul(new Scalar(t)).div(new Scalar(t + 1));
            return sampling.step(output, index, sample, noise);
        });
    }
}
