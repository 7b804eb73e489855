package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.tensor.Noise;
import com.ourvidz.diffusion.tensor.Scoped;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** One picture's way by {@link FlowMatchEulerScheduler}. It remembers nothing between steps. */
record FlowMatchEulerSampling(Course course) implements CourseSampling, MixedSampling {

    @Override
    public Rates rates(int index) {
        return Rates.flow(course.sigma(index));
    }

    @Override
    public Tensor clean(Tensor modelOutput, int index, Tensor sample) {
        return rates(index).clean(PredictionType.FLOW_PREDICTION, modelOutput, sample);
    }

    @Override
    public Tensor step(Tensor modelOutput, int index, Tensor sample, Noise noise) {
        return Scoped.result(() -> {
            float way = course.sigma(index + 1) - course.sigma(index);
            return sample.add(modelOutput.mul(new Scalar(way)));
        });
    }
}
