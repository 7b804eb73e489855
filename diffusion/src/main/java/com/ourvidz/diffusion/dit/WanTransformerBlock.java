package com.ourvidz.diffusion.dit;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.LayerNorm;
import com.ourvidz.diffusion.tensor.Scoped;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Self-attention, attention to the prompt and feed-forward, the first and the last modulated by the time: (batch, tokens, size) to the same. */
final class WanTransformerBlock {

    private static final int ROWS = 6;

    private final Modulation modulation;
    private final WanAttention attn1;
    private final Optional<LayerNorm> norm2;
    private final WanAttention attn2;
    private final FeedForward ffn;

    WanTransformerBlock(WanConfig config, Weights weights) {
        this.modulation = new Modulation(config, weights, ROWS);
        this.attn1 = new WanAttention(config, weights.under("attn1"));
        this.norm2 = config.crossAttentionNorm()
                ? Optional.of(
                        new LayerNorm(weights.under("norm2").as(ScalarType.Float), config.size(), config.epsilon()))
                : Optional.empty();
        this.attn2 = new WanAttention(config, weights.under("attn2"));
        this.ffn = new FeedForward(config, weights.under("ffn"));
    }

    Tensor forward(Tensor x, Conditions conditions) {
        return Scoped.result(() -> {
            TensorVector rows = modulation.at(conditions.modulation());
            Tensor attended = Scoped.result(() -> selfAttention(x, rows, conditions.rotation()));
            Tensor informed = Scoped.result(() -> crossAttention(attended, conditions));
            return Scoped.result(() -> feedForward(informed, rows));
        });
    }

    private Tensor selfAttention(Tensor x, TensorVector rows, Tensor rotation) {
        Tensor output = attn1.forwardSelf(modulation.norm(x, rows.get(0), rows.get(1)), rotation);
        return gated(x, output, rows.get(2));
    }

    private Tensor crossAttention(Tensor x, Conditions conditions) {
        Tensor normed = norm2.map(norm -> norm.forward(x.to(ScalarType.Float)).to(x.scalar_type()))
                .orElse(x);
        return attn2.forwardCross(normed, conditions).add_(x);
    }

    private Tensor feedForward(Tensor x, TensorVector rows) {
        return gated(x, ffn.forward(modulation.norm(x, rows.get(3), rows.get(4))), rows.get(5));
    }

    private static Tensor gated(Tensor x, Tensor output, Tensor gate) {
        return output.to(ScalarType.Float).mul(gate).add_(x).to(x.scalar_type());
    }
}
