package com.ourvidz.diffusion.umt5;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Supported;

/**
 * The settings of {@code text_encoder/config.json}.
 *
 * @param size of a token's hidden state
 * @param headSize of each head's query, key and value; {@code heads * headSize} need not be {@code size}
 * @param buckets that distances between tokens are sorted into, half of them for each direction
 * @param maxDistance from which on all distances share a bucket
 */
record Umt5Config(
        int vocabulary,
        int size,
        int headSize,
        int heads,
        int feedForwardSize,
        int layers,
        int buckets,
        int maxDistance,
        double epsilon) {

    /**
     * Reads the settings.
     *
     * @throws CheckpointException when one is missing or not supported
     */
    static Umt5Config of(Config config) {
        new Supported(config).only("model_type", "umt5").only("feed_forward_proj", "gated-gelu");
        return new Umt5Config(
                config.integer("vocab_size"),
                config.integer("d_model"),
                config.integer("d_kv"),
                config.integer("num_heads"),
                config.integer("d_ff"),
                config.integer("num_layers"),
                config.integer("relative_attention_num_buckets", 32),
                config.integer("relative_attention_max_distance", 128),
                config.number("layer_norm_epsilon", 1e-6));
    }

    /** Of all heads' queries together. */
    long innerSize() {
        return (long) heads * headSize;
    }
}
