package com.ourvidz.diffusion.layers;

import com.ourvidz.diffusion.checkpoint.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** {@code nn.LayerNorm} over the last dimension; the shape stays. */
public final class LayerNorm implements Layer {

    private final TensorOptional weight; // (size)
    private final TensorOptional bias; // (size)
    private final long[] size;
    private final double epsilon;

    public LayerNorm(Weights weights, long size, double epsilon) {
        this.weight = new TensorOptional(weights.get("weight", size));
        this.bias = new TensorOptional(weights.get("bias", size));
        this.size = new long[] {size};
        this.epsilon = epsilon;
    }

    @Override
    public Tensor forward(Tensor x) {
        return torch.layer_norm(x, size, weight, bias, epsilon, false);
    }
}
