package com.ourvidz.diffusion.scheduler;

import org.bytedeco.pytorch.Tensor;

/** A way along the steps of the training's chain. */
interface ChainSampling extends MixedSampling {

    Chain chain();

    /** The training step of step {@code index}. */
    default int timestep(int index) {
        return timesteps().get(index).intValue();
    }

    @Override
    default Tensor clean(Tensor modelOutput, int index, Tensor sample) {
        return chain().clean(timestep(index), modelOutput, sample);
    }

    @Override
    default Rates rates(int index) {
        return chain().rates(timestep(index));
    }
}
