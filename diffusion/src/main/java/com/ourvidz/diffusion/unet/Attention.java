package com.ourvidz.diffusion.unet;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Heads;
import com.ourvidz.diffusion.layers.Linear;
import org.bytedeco.pytorch.Tensor;

/** Attention of the picture to itself, or to the prompt: (batch, tokens, size) to the same. */
final class Attention {

    private final Linear toQ;
    private final Linear toK;
    private final Linear toV;
    private final Heads heads;
    private final Linear toOut;

    Attention(Weights weights, int size, int contextSize, int heads) {
        this.toQ = Linear.withoutBias(weights.under("to_q"), size, size);
        this.toK = Linear.withoutBias(weights.under("to_k"), contextSize, size);
        this.toV = Linear.withoutBias(weights.under("to_v"), contextSize, size);
        this.heads = new Heads(heads, false);
        this.toOut = new Linear(weights.under("to_out.0"), size, size);
    }

    /**
     * Attends to {@code context}.
     *
     * @param context (batch, contextTokens, contextSize); {@code x} itself in self-attention
     */
    Tensor forward(Tensor x, Tensor context) {
        return toOut.forward(heads.attend(toQ.forward(x), toK.forward(context), toV.forward(context)));
    }
}
