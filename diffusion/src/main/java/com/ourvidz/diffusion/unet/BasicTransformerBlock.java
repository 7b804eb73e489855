package com.ourvidz.diffusion.unet;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.LayerNorm;
import com.ourvidz.diffusion.tensor.Scoped;
import org.bytedeco.pytorch.Tensor;

/** Self-attention, attention to the prompt, feed-forward, each after a norm and beside a way around: (batch, tokens, size) to the same. */
final class BasicTransformerBlock {

    private static final double EPSILON = 1e-5;

    private final LayerNorm norm1;
    private final Attention attn1;
    private final LayerNorm norm2;
    private final Attention attn2;
    private final LayerNorm norm3;
    private final FeedForward ff;

    BasicTransformerBlock(Weights weights, UNetConfig.Level level) {
        int size = level.channels();
        this.norm1 = new LayerNorm(weights.under("norm1"), size, EPSILON);
        this.attn1 = new Attention(weights.under("attn1"), size, size, level.heads());
        this.norm2 = new LayerNorm(weights.under("norm2"), size, EPSILON);
        this.attn2 = new Attention(weights.under("attn2"), size, level.contextSize(), level.heads());
        this.norm3 = new LayerNorm(weights.under("norm3"), size, EPSILON);
        this.ff = new FeedForward(weights.under("ff"), size);
    }

    Tensor forward(Tensor x, Tensor context) {
        return Scoped.result(() -> {
            Tensor normed = norm1.forward(x);
            Tensor self = attn1.forward(normed, normed).add_(x);
            Tensor cross = attn2.forward(norm2.forward(self), context).add_(self);
            return ff.forward(norm3.forward(cross)).add_(cross);
        });
    }
}
