package com.ourvidz.diffusion.scheduler;

/** A way along the steps of the training's chain. */
interface ChainSampling extends MixedSampling {

    Chain chain();

    /** The training step of step {@code index}. */
    default int timestep(int index) {
        return timesteps().get(index).intValue();
    }

    @Override
    default Rates rates(int index) {
        return chain().rates(timestep(index));
    }
}
