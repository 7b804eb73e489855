package com.ourvidz.diffusion.unet;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Linear;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Two linear layers with a GEGLU between (Shazeer 2020): (batch, tokens, size) to the same. */
final class FeedForward {

    private static final int WIDENING = 4;

    private final Linear proj;
    private final Linear out;

    FeedForward(Weights weights, int size) {
        this.proj = new Linear(weights.under("net.0.proj"), size, 2L * WIDENING * size);
        this.out = new Linear(weights.under("net.2"), (long) WIDENING * size, size);
    }

    Tensor forward(Tensor x) {
        TensorVector halves = proj.forward(x).chunk(2, -1); // 2 of (batch, tokens, 4 * size)
        Tensor gate = torch.gelu(halves.get(1));
        return out.forward(gate.mul_(halves.get(0)));
    }
}
