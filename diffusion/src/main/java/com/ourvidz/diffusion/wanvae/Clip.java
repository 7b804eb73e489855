package com.ourvidz.diffusion.wanvae;

import org.bytedeco.pytorch.Tensor;

/** Frames to be encoded, made when they are wanted: a whole video at once is large. */
@FunctionalInterface
public interface Clip {

    /** The frames from {@code first} on: (count, 3, height, width) in -1 … 1, float32. */
    Tensor frames(int first, int count);
}
