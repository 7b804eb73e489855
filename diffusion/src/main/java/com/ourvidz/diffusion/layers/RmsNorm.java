package com.ourvidz.diffusion.layers;

import com.ourvidz.diffusion.checkpoint.Weights;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** {@code nn.RMSNorm} over the last dimension (Zhang and Sennrich 2019), also known as T5's layer norm; the shape stays. */
public final class RmsNorm implements Layer {

    private final TensorOptional weight; // (size)
    private final long[] size;
    private final DoubleOptional epsilon;

    public RmsNorm(Weights weights, long size, double epsilon) {
        this.weight = new TensorOptional(weights.get("weight", size));
        this.size = new long[] {size};
        this.epsilon = new DoubleOptional(epsilon);
    }

    @Override
    public Tensor forward(Tensor x) {
        return torch.rms_norm(x, size, weight, epsilon);
    }
}
