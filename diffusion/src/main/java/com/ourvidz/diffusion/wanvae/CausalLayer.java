package com.ourvidz.diffusion.wanvae;

import org.bytedeco.pytorch.Tensor;

/**
 * A layer in which a frame knows itself and those before it. It takes a group of frames at a time: (frames, channels, height, width), so that
 * layers which know no time see a batch of pictures.
 */
interface CausalLayer {

    Tensor forward(Tensor x, FeatureCache cache);
}
