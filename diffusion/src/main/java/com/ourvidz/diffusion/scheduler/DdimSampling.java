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
record DdimSampling(List<Float> timesteps, int stride, Chain chain) implements MixedSampling {

    @Override
    public Rates rates(int index) {
        return chain.rates(timesteps.get(index).intValue());
    }

    /** Equation 12 of the paper: the two parts of the sample, mixed anew. */
    @Override
    public Tensor step(Tensor modelOutput, int index, Tensor sample, Noise noise) {
        return Scoped.result(() -> {
            int timestep = timesteps.get(index).intValue();
            Tensor clean = chain.clean(timestep, modelOutput, sample);
            return chain.rates(timestep - stride).mix(clean, chain.epsilon(timestep, modelOutput, sample));
        });
    }
}
