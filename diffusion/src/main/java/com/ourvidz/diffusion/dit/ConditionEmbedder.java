package com.ourvidz.diffusion.dit;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Activation;
import com.ourvidz.diffusion.layers.Linear;
import com.ourvidz.diffusion.layers.SinusoidalEmbedding;
import com.ourvidz.diffusion.layers.TimestepEmbedding;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** {@code WanTimeTextImageEmbedding}, without pictures. The time embedder's weights stay float32, as in diffusers. */
final class ConditionEmbedder {

    private final ScalarType dtype;
    private final RotaryEmbedding rope;

    private final SinusoidalEmbedding timestepsProj;
    private final TimestepEmbedding timeEmbedder;
    private final Linear timeProj;
    private final Linear textLinear1;
    private final Linear textLinear2;

    ConditionEmbedder(WanConfig config, Weights weights) {
        int size = config.size();
        this.dtype = weights.dtype();
        this.rope = new RotaryEmbedding(config.headSize());
        this.timestepsProj = new SinusoidalEmbedding(config.frequencies(), true, 0);
        this.timeEmbedder =
                new TimestepEmbedding(weights.under("time_embedder").as(ScalarType.Float), config.frequencies(), size);
        this.timeProj = new Linear(weights.under("time_proj"), size, 6L * size);
        this.textLinear1 = new Linear(weights.under("text_embedder.linear_1"), config.textSize(), size);
        this.textLinear2 = new Linear(weights.under("text_embedder.linear_2"), size, size);
    }

    Conditions forward(float timestep, TextContext context, Grid tokens) {
        Device device = context.embeddings().device(); // numbers of Java's go where the embeddings are
        Tensor time = timeEmbedder
                .forward(timestepsProj.forward(Tensor.create(timestep)).to(device, ScalarType.Float))
                .to(dtype); // (1, size)
        Tensor modulation = timeProj.forward(torch.silu(time)).unflatten(1, 6, time.size(1)); // (1, 6, size)
        return new Conditions(
                time.unsqueeze(1),
                modulation,
                text(context.embeddings()),
                context.bias(dtype),
                rope.of(tokens).to(device, ScalarType.ComplexFloat));
    }

    private Tensor text(Tensor context) {
        return textLinear2.forward(Activation.GELU_TANH.overwrite(textLinear1.forward(context.to(dtype))));
    }
}
