package com.ourvidz.diffusion.umt5;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Activation;
import com.ourvidz.diffusion.layers.Linear;
import org.bytedeco.pytorch.Tensor;

/** {@code T5DenseGatedActDense}, a GEGLU (Shazeer 2020): (1, tokens, size) to the same. */
final class Umt5FeedForward {

    private final Linear wi0;
    private final Linear wi1;
    private final Linear wo;

    Umt5FeedForward(Umt5Config config, Weights weights) {
        this.wi0 = Linear.withoutBias(weights.under("wi_0"), config.size(), config.feedForwardSize());
        this.wi1 = Linear.withoutBias(weights.under("wi_1"), config.size(), config.feedForwardSize());
        this.wo = Linear.withoutBias(weights.under("wo"), config.feedForwardSize(), config.size());
    }

    Tensor forward(Tensor x) {
        Tensor gate = Activation.GELU_TANH.overwrite(wi0.forward(x)); // (1, tokens, feedForwardSize)
        return wo.forward(gate.mul_(wi1.forward(x)));
    }
}
