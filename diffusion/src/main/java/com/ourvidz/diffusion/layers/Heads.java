package com.ourvidz.diffusion.layers;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Scaled dot-product attention in {@code count} heads (Vaswani et al. 2017), by LibTorch's fused kernel.
 *
 * @param count how many heads share the channels
 * @param causal whether a token sees only itself and those before it
 */
public record Heads(int count, boolean causal) {

    /**
     * Each query's mean of the values, weighted by how much its key agrees.
     *
     * @param query (batch, tokens, channels)
     * @param key (batch, keyTokens, channels)
     * @param value (batch, keyTokens, channels)
     * @return (batch, tokens, channels)
     */
    public Tensor attend(Tensor query, Tensor key, Tensor value) {
        return attend(query, key, value, new TensorOptional());
    }

    /**
     * The same with something added to the scores.
     *
     * @param bias (batch, heads, tokens, keyTokens) or what expands to it; none with {@code causal}
     */
    public Tensor attend(Tensor query, Tensor key, Tensor value, TensorOptional bias) {
        Tensor attended = torch.scaled_dot_product_attention(
                split(query), split(key), split(value), bias, 0, causal, new DoubleOptional(), false);
        return attended.transpose(1, 2).flatten(2, 3); // (batch, tokens, channels)
    }

    private Tensor split(Tensor x) {
        return x.view(x.size(0), x.size(1), count, -1).transpose(1, 2); // (batch, heads, tokens, headDim)
    }
}
