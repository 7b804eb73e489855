package com.ourvidz.diffusion.layers;

import com.ourvidz.diffusion.checkpoint.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Two linear layers: (batch, in) to (batch, out). */
public final class TimestepEmbedding {

    private final Linear linear1;
    private final Linear linear2;

    public TimestepEmbedding(Weights weights, int in, int out) {
        this.linear1 = new Linear(weights.under("linear_1"), in, out);
        this.linear2 = new Linear(weights.under("linear_2"), out, out);
    }

    public Tensor forward(Tensor x) {
        return linear2.forward(torch.silu(linear1.forward(x)));
    }
}
