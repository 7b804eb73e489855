package com.ourvidz.diffusion.clip;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Activation;
import com.ourvidz.diffusion.layers.LayerNorm;
import com.ourvidz.diffusion.layers.Linear;
import com.ourvidz.diffusion.tensor.Scoped;
import org.bytedeco.pytorch.Tensor;

/** A pre-norm transformer layer: (batch, tokens, hidden) to the same. */
final class ClipEncoderLayer {

    private final LayerNorm layerNorm1;
    private final ClipAttention selfAttention;
    private final LayerNorm layerNorm2;
    private final Linear fc1;
    private final Activation activation;
    private final Linear fc2;

    ClipEncoderLayer(ClipConfig config, Weights weights) {
        this.layerNorm1 = new LayerNorm(weights.under("layer_norm1"), config.hiddenSize(), config.layerNormEpsilon());
        this.selfAttention = new ClipAttention(config, weights.under("self_attn"));
        this.layerNorm2 = new LayerNorm(weights.under("layer_norm2"), config.hiddenSize(), config.layerNormEpsilon());
        this.fc1 = new Linear(weights.under("mlp.fc1"), config.hiddenSize(), config.intermediateSize());
        this.activation = config.activation();
        this.fc2 = new Linear(weights.under("mlp.fc2"), config.intermediateSize(), config.hiddenSize());
    }

    Tensor forward(Tensor x) {
        return Scoped.result(() -> {
            Tensor attended = x.add(selfAttention.forward(layerNorm1.forward(x)));
            Tensor mlp = fc2.forward(activation.forward(fc1.forward(layerNorm2.forward(attended))));
            return mlp.add_(attended);
        });
    }
}
