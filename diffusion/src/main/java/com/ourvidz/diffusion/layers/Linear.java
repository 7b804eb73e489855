package com.ourvidz.diffusion.layers;

import com.ourvidz.diffusion.checkpoint.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** {@code nn.Linear}: (…, in) to (…, out). */
public final class Linear implements Layer {

    private final Tensor weight; // (out, in)
    private final TensorOptional bias; // (out)

    public Linear(Weights weights, long in, long out) {
        this(weights.get("weight", out, in), new TensorOptional(weights.get("bias", out)));
    }

    private Linear(Tensor weight, TensorOptional bias) {
        this.weight = weight;
        this.bias = bias;
    }

    public static Linear withoutBias(Weights weights, long in, long out) {
        return new Linear(weights.get("weight", out, in), new TensorOptional());
    }

    /** From the weights of a 1x1 convolution, which computes the same for each pixel: (…, in) to (…, out). */
    public static Linear ofPointwiseConvolution(Weights weights, long in, long out) {
        return new Linear(
                weights.get("weight", out, in, 1, 1).view(out, in), new TensorOptional(weights.get("bias", out)));
    }

    @Override
    public Tensor forward(Tensor x) {
        return torch.linear(x, weight, bias);
    }
}
