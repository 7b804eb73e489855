package com.ourvidz.diffusion.layers;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.tensor.Inference;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** {@code nn.Linear}: (…, in) to (…, out). */
public final class Linear implements Layer {

    /** Multiplications from which on more than the one thread of {@link Inference} is worth its start. */
    private static final long LARGE = 64L << 20;

    private static final long[] ONE = {1, 1};
    private static final long[] NONE = {0, 0};

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
        return isLargeForBlas(x) ? forwardByConvolution(x) : torch.linear(x, weight, bias);
    }

    private boolean isLargeForBlas(Tensor x) {
        return x.numel() * weight.size(0) > LARGE
                && x.scalar_type() == ScalarType.Float
                && x.device().is_cpu();
    }

    /** The same as a 1x1 convolution over a picture one pixel wide, which oneDNN computes in all threads. */
    private Tensor forwardByConvolution(Tensor x) {
        long in = weight.size(1);
        long out = weight.size(0);
        Tensor pixels = x.reshape(1, -1, 1, in).permute(0, 3, 1, 2); // (1, in, rows, 1)
        Tensor result = torch.conv2d(pixels, weight.view(out, in, 1, 1), bias, ONE, NONE, ONE, 1);
        long[] shape = x.sizes().vec().get();
        shape[shape.length - 1] = out;
        return result.permute(0, 2, 3, 1).reshape(shape);
    }
}
