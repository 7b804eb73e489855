package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.tensor.Noise;
import com.ourvidz.diffusion.tensor.Scoped;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** One picture's way by {@link LcmScheduler}. It remembers nothing between steps. */
record LcmSampling(List<Float> timesteps, Chain chain, ConsistencyBoundary boundary) implements ChainSampling {

    @Override
    public Tensor step(Tensor modelOutput, int index, Tensor sample, Noise noise) {
        return Scoped.result(() -> {
            Tensor predicted = chain.clean(timestep(index), modelOutput, sample);
            Tensor clean = boundary.apply(sample, predicted, timestep(index));
            boolean last = index == timesteps.size() - 1;
            return last ? clean : rates(index + 1).mix(clean, noise.like(sample));
        });
    }
}
