package com.ourvidz.diffusion.layers;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.tensor.Scoped;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** diffusers' {@code Downsample2D}, by convolution: half the height and the width. */
public final class Downsample2D implements Layer {

    private static final long[] RIGHT_AND_BELOW = {0, 1, 0, 1};

    private final boolean padRightAndBelow;
    private final Conv2d conv;

    /** Padding 0, which autoencoders have, stands for one column on the right and one row below. */
    public Downsample2D(Weights weights, long channels, int padding) {
        this.padRightAndBelow = padding == 0;
        this.conv = new Conv2d(weights.under("conv"), channels, channels, 3, 2, padding);
    }

    @Override
    public Tensor forward(Tensor x) {
        return Scoped.result(() -> conv.forward(padRightAndBelow ? torch.constant_pad_nd(x, RIGHT_AND_BELOW) : x));
    }
}
