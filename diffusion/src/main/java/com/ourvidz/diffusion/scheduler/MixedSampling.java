package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.tensor.Scoped;
import org.bytedeco.pytorch.Tensor;

/** A way whose samples are mixed as the model saw them in training: nothing is scaled, and the start is noise of variance 1. */
interface MixedSampling extends Sampling {

    /** What a sample at step {@code index} is made of. */
    Rates rates(int index);

    @Override
    default float initialNoiseSigma() {
        return 1;
    }

    @Override
    default Tensor scaleModelInput(Tensor sample, int index) {
        return sample;
    }

    @Override
    default Tensor addNoise(Tensor original, Tensor noise, int index) {
        return Scoped.result(() -> rates(index).mix(original, noise));
    }
}
