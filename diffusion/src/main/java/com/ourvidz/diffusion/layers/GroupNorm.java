package com.ourvidz.diffusion.layers;

import com.ourvidz.diffusion.checkpoint.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** {@code nn.GroupNorm} over (batch, channels, height, width); the shape stays. */
public final class GroupNorm implements Layer {

    private final TensorOptional weight; // (channels)
    private final TensorOptional bias; // (channels)
    private final int groups;
    private final double epsilon;

    public GroupNorm(Weights weights, int groups, long channels, double epsilon) {
        this.weight = new TensorOptional(weights.get("weight", channels));
        this.bias = new TensorOptional(weights.get("bias", channels));
        this.groups = groups;
        this.epsilon = epsilon;
    }

    @Override
    public Tensor forward(Tensor x) {
        return torch.group_norm(x, groups, weight, bias, epsilon, false);
    }

    /** {@code silu(norm(x))}, the pair that stands before every convolution. */
    public Tensor forwardSilu(Tensor x) {
        return Activation.SILU.overwrite(forward(x));
    }
}
