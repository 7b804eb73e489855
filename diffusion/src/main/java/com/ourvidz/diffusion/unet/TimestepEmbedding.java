package com.ourvidz.diffusion.unet;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Linear;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Two linear layers: (batch, in) to (batch, out). */
final class TimestepEmbedding {

    private final Linear linear1;
    private final Linear linear2;

    TimestepEmbedding(Weights weights, int in, int out) {
        this.linear1 = new Linear(weights.under("linear_1"), in, out);
        this.linear2 = new Linear(weights.under("linear_2"), out, out);
    }

    Tensor forward(Tensor x) {
        return linear2.forward(torch.silu(linear1.forward(x)));
    }
}
