package com.ourvidz.diffusion.dit;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Activation;
import com.ourvidz.diffusion.layers.Linear;
import org.bytedeco.pytorch.Tensor;

/** Two linear layers with GELU's tanh approximation between: (batch, tokens, size) to the same. */
final class FeedForward {

    private final Linear proj;
    private final Linear out;

    FeedForward(WanConfig config, Weights weights) {
        this.proj = new Linear(weights.under("net.0.proj"), config.size(), config.feedForwardSize());
        this.out = new Linear(weights.under("net.2"), config.feedForwardSize(), config.size());
    }

    Tensor forward(Tensor x) {
        return out.forward(Activation.GELU_TANH.overwrite(proj.forward(x)));
    }
}
