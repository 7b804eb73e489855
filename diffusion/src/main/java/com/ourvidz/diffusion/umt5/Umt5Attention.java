package com.ourvidz.diffusion.umt5;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Linear;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Self-attention whose scores are not scaled, with a learned bias for each head and distance: (1, tokens, size) to the same. */
final class Umt5Attention {

    private static final double UNSCALED = 1;

    private final int heads;

    private final Linear q;
    private final Linear k;
    private final Linear v;
    private final Tensor relativeAttentionBias; // (buckets, heads)
    private final Linear o;

    Umt5Attention(Umt5Config config, Weights weights) {
        this.heads = config.heads();
        this.q = Linear.withoutBias(weights.under("q"), config.size(), config.innerSize());
        this.k = Linear.withoutBias(weights.under("k"), config.size(), config.innerSize());
        this.v = Linear.withoutBias(weights.under("v"), config.size(), config.innerSize());
        this.relativeAttentionBias = weights.get("relative_attention_bias.weight", config.buckets(), heads);
        this.o = Linear.withoutBias(weights.under("o"), config.innerSize(), config.size());
    }

    /** With the bucket of each query and key: (tokens, tokens). */
    Tensor forward(Tensor x, Tensor positions) {
        Tensor attended = torch.scaled_dot_product_attention(
                split(q.forward(x)),
                split(k.forward(x)),
                split(v.forward(x)),
                new TensorOptional(bias(positions)),
                0,
                false,
                new DoubleOptional(UNSCALED),
                false);
        return o.forward(attended.transpose(1, 2).flatten(2, 3));
    }

    private Tensor bias(Tensor positions) {
        Tensor byPair = torch.embedding(relativeAttentionBias, positions); // (tokens, tokens, heads)
        return byPair.permute(2, 0, 1).unsqueeze(0).contiguous(); // (1, heads, tokens, tokens)
    }

    private Tensor split(Tensor x) {
        return x.view(x.size(0), x.size(1), heads, -1).transpose(1, 2); // (1, heads, tokens, headSize)
    }
}
