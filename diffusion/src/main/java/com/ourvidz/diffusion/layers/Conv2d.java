package com.ourvidz.diffusion.layers;

import com.ourvidz.diffusion.checkpoint.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** {@code nn.Conv2d} with a square kernel: (batch, in, height, width) to (batch, out, height', width'). */
public final class Conv2d implements Layer {

    private static final long[] NO_DILATION = {1, 1};

    private final Tensor weight; // (out, in, kernel, kernel)
    private final TensorOptional bias; // (out)
    private final long[] stride;
    private final long[] padding;

    /** The usual one: the picture keeps its size. */
    public Conv2d(Weights weights, long in, long out, int kernel) {
        this(weights, in, out, kernel, 1, (kernel - 1) / 2);
    }

    public Conv2d(Weights weights, long in, long out, int kernel, int stride, int padding) {
        this(weights, in, out, kernel, stride, padding, new TensorOptional(weights.get("bias", out)));
    }

    private Conv2d(Weights weights, long in, long out, int kernel, int stride, int padding, TensorOptional bias) {
        this.weight = weights.get("weight", out, in, kernel, kernel);
        this.bias = bias;
        this.stride = new long[] {stride, stride};
        this.padding = new long[] {padding, padding};
    }

    public static Conv2d withoutBias(Weights weights, long in, long out, int kernel, int stride) {
        return new Conv2d(weights, in, out, kernel, stride, (kernel - 1) / 2, new TensorOptional());
    }

    @Override
    public Tensor forward(Tensor x) {
        return torch.conv2d(x, weight, bias, stride, padding, NO_DILATION, 1);
    }
}
