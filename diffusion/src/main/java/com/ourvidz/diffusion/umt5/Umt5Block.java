package com.ourvidz.diffusion.umt5;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.RmsNorm;
import com.ourvidz.diffusion.tensor.Scoped;
import org.bytedeco.pytorch.Tensor;

/** {@code UMT5Block}: attention and feed-forward, each with its norm before it and a way around it. */
final class Umt5Block {

    private final RmsNorm attentionNorm;
    private final Umt5Attention selfAttention;
    private final RmsNorm feedForwardNorm;
    private final Umt5FeedForward denseReluDense;

    Umt5Block(Umt5Config config, Weights weights) {
        Weights attention = weights.under("layer.0");
        Weights feedForward = weights.under("layer.1");
        this.attentionNorm = new RmsNorm(attention.under("layer_norm"), config.size(), config.epsilon());
        this.selfAttention = new Umt5Attention(config, attention.under("SelfAttention"));
        this.feedForwardNorm = new RmsNorm(feedForward.under("layer_norm"), config.size(), config.epsilon());
        this.denseReluDense = new Umt5FeedForward(config, feedForward.under("DenseReluDense"));
    }

    Tensor forward(Tensor x, Tensor positions) {
        return Scoped.result(() -> {
            Tensor attended =
                    selfAttention.forward(attentionNorm.forward(x), positions).add_(x);
            return denseReluDense.forward(feedForwardNorm.forward(attended)).add_(attended);
        });
    }
}
