package com.ourvidz.diffusion.clip;

import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.layers.Activation;
import java.util.Optional;

/** The settings of {@code text_encoder/config.json}. */
record ClipConfig(
        int vocabulary,
        int positions,
        int hiddenSize,
        int intermediateSize,
        int layers,
        int heads,
        Activation activation,
        double layerNormEpsilon,
        int endOfTextId,
        Optional<Integer> projectionSize) {

    /** Far more than any model has: what is beyond is a mistake, and is not to take memory. */
    private static final int MOST_LAYERS = 1000;

    static ClipConfig of(Config config) {
        return new ClipConfig(
                config.integer("vocab_size"),
                config.integer("max_position_embeddings"),
                config.integer("hidden_size"),
                config.integer("intermediate_size"),
                config.within(1, MOST_LAYERS, "num_hidden_layers", config.integer("num_hidden_layers")),
                heads(config),
                Activation.of(config, "hidden_act"),
                config.number("layer_norm_eps", 1e-5),
                config.integer("eos_token_id", 2),
                projectionSize(config));
    }

    private static int heads(Config config) {
        int heads = config.integer("num_attention_heads");
        int size = config.integer("hidden_size");
        if (heads < 1 || size % heads != 0) {
            throw config.invalid("num_attention_heads", "is " + heads + " for a 'hidden_size' of " + size);
        }
        return heads;
    }

    /** Both classes carry {@code projection_dim}; only one has the layer. */
    private static Optional<Integer> projectionSize(Config config) {
        return config.texts("architectures").contains("CLIPTextModelWithProjection")
                ? Optional.of(config.integer("projection_dim"))
                : Optional.empty();
    }
}
