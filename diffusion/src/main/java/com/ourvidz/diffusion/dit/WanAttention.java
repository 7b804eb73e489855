package com.ourvidz.diffusion.dit;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Heads;
import com.ourvidz.diffusion.layers.Linear;
import com.ourvidz.diffusion.layers.RmsNorm;
import org.bytedeco.pytorch.Tensor;

/** Attention whose queries and keys are normed across all heads: (batch, tokens, size) to the same. */
final class WanAttention {

    private final Heads heads;

    private final Linear toQ;
    private final RmsNorm normQ;
    private final Linear toK;
    private final RmsNorm normK;
    private final Linear toV;
    private final Linear toOut;

    WanAttention(WanConfig config, Weights weights) {
        int size = config.size();
        this.heads = new Heads(config.heads(), false);
        this.toQ = new Linear(weights.under("to_q"), size, size);
        this.normQ = new RmsNorm(weights.under("norm_q"), size, config.epsilon());
        this.toK = new Linear(weights.under("to_k"), size, size);
        this.normK = new RmsNorm(weights.under("norm_k"), size, config.epsilon());
        this.toV = new Linear(weights.under("to_v"), size, size);
        this.toOut = new Linear(weights.under("to_out.0"), size, size);
    }

    /** Of the tokens to each other, each at its place. */
    Tensor forwardSelf(Tensor x, Tensor rotation) {
        Tensor query = rotate(normQ.forward(toQ.forward(x)), rotation);
        Tensor key = rotate(normK.forward(toK.forward(x)), rotation);
        return toOut.forward(heads.attend(query, key, toV.forward(x)));
    }

    /** To the prompt. */
    Tensor forwardCross(Tensor x, Conditions conditions) {
        Tensor text = conditions.text();
        Tensor query = normQ.forward(toQ.forward(x));
        Tensor key = normK.forward(toK.forward(text));
        return toOut.forward(heads.attend(query, key, toV.forward(text), conditions.textBias()));
    }

    private Tensor rotate(Tensor x, Tensor rotation) {
        Tensor byHead = x.unflatten(2, heads.count(), x.size(2) / heads.count()); // (batch, tokens, heads, headSize)
        return RotaryEmbedding.rotate(byHead, rotation).flatten(2, 3);
    }
}
