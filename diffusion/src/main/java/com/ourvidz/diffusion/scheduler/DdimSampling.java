package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.tensor.Noise;
import com.ourvidz.diffusion.tensor.Scoped;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * One picture's way by {@link DdimScheduler}. It remembers nothing between steps.
 *
 * @param stride how many training steps each step takes
 */
record DdimSampling(List<Float> timesteps, int stride, Chain chain) implements ChainSampling {

    /** Equation 12 of the paper: the two parts of the sample, mixed anew. */
    @Override
    public Tensor step(Tensor modelOutput, int index, Tensor sample, Noise noise) {
        return Scoped.result(() -> {
            Tensor clean = chain.clean(timestep(index), modelOutput, sample);
            Tensor epsilon = chain.epsilon(timestep(index), modelOutput, sample);
            return chain.rates(timestep(index) - stride).mix(clean, epsilon);
        });
    }
}
