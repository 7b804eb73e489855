package com.ourvidz.diffusion.clip;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Heads;
import com.ourvidz.diffusion.layers.Linear;
import org.bytedeco.pytorch.Tensor;

/** Self-attention in which a token sees only those before it: (batch, tokens, hidden) to the same. */
final class ClipAttention {

    private final Linear queryProjection;
    private final Linear keyProjection;
    private final Linear valueProjection;
    private final Heads heads;
    private final Linear outProjection;

    ClipAttention(ClipConfig config, Weights weights) {
        int size = config.hiddenSize();
        this.queryProjection = new Linear(weights.under("q_proj"), size, size);
        this.keyProjection = new Linear(weights.under("k_proj"), size, size);
        this.valueProjection = new Linear(weights.under("v_proj"), size, size);
        this.heads = new Heads(config.heads(), true);
        this.outProjection = new Linear(weights.under("out_proj"), size, size);
    }

    Tensor forward(Tensor x) {
        return outProjection.forward(
                heads.attend(queryProjection.forward(x), keyProjection.forward(x), valueProjection.forward(x)));
    }
}
