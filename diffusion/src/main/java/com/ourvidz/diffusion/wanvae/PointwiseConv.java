package com.ourvidz.diffusion.wanvae;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Layer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** {@code nn.Conv3d} of a single pixel: (frames, in, height, width) to (frames, out, height, width). */
final class PointwiseConv implements Layer {

    private static final long[] ONE = {1, 1};
    private static final long[] NONE = {0, 0};

    private final Tensor weight; // (out, in, 1, 1)
    private final TensorOptional bias; // (out)

    PointwiseConv(Weights weights, int in, int out) {
        this.weight = weights.get("weight", out, in, 1, 1, 1).squeeze(2);
        this.bias = new TensorOptional(weights.get("bias", out));
    }

    @Override
    public Tensor forward(Tensor x) {
        return torch.conv2d(x, weight, bias, ONE, NONE, ONE, 1);
    }
}
