package com.ourvidz.diffusion.layers;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.tensor.Scoped;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** diffusers' {@code Upsample2D}: each pixel repeated, then a convolution. */
public final class Upsample2D implements Layer {

    private final Conv2d conv;

    public Upsample2D(Weights weights, long channels) {
        this.conv = new Conv2d(weights.under("conv"), channels, channels, 3);
    }

    /** Twice the height and the width. */
    @Override
    public Tensor forward(Tensor x) {
        return forward(x, 2 * x.size(2), 2 * x.size(3));
    }

    /** To a given size, which is one less than twice where the way down met an odd one. */
    public Tensor forward(Tensor x, long height, long width) {
        return Scoped.result(() -> conv.forward(torch.upsample_nearest2d(x, height, width)));
    }
}
