package com.ourvidz.diffusion.wanvae;

import org.bytedeco.pytorch.Tensor;

/** A layer in which a frame knows itself and those before it: (1, channels, frames, height, width), a group of frames at a time. */
interface CausalLayer {

    Tensor forward(Tensor x, FeatureCache cache);
}
