package com.ourvidz.diffusion.dit;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Supported;
import java.util.List;
import java.util.Optional;

/**
 * The settings of {@code transformer/config.json}.
 *
 * @param patch what of the latents is a token
 * @param frequencies size of the sinusoidal time embedding
 * @param crossAttentionNorm whether a norm stands before cross-attention
 * @param vace the branch for known frames, in {@code WanVACETransformer3DModel}
 */
record WanConfig(
        Grid patch,
        int heads,
        int headSize,
        int inChannels,
        int outChannels,
        int textSize,
        int frequencies,
        int feedForwardSize,
        int layers,
        boolean crossAttentionNorm,
        double epsilon,
        Optional<Vace> vace) {

    /**
     * VACE's branch.
     *
     * @param layers after which of the transformer's blocks its own are heard
     * @param inChannels of the control latents
     */
    record Vace(List<Integer> layers, int inChannels) {}

    /**
     * Reads the settings.
     *
     * @throws CheckpointException when one is missing or not supported
     */
    static WanConfig of(Config config) {
        new Supported(config)
                .only("qk_norm", "rms_norm_across_heads")
                .unset("added_kv_proj_dim", "image_dim", "pos_embed_seq_len");
        List<Integer> patch = config.integersOrRepeated("patch_size", 3);
        int inChannels = config.integer("in_channels", 16);
        int layers = config.integer("num_layers");
        return new WanConfig(
                new Grid(patch.get(0), patch.get(1), patch.get(2)),
                config.integer("num_attention_heads"),
                config.integer("attention_head_dim"),
                inChannels,
                config.integer("out_channels", inChannels),
                config.integer("text_dim", 4096),
                config.integer("freq_dim", 256),
                config.integer("ffn_dim"),
                layers,
                config.flag("cross_attn_norm", true),
                config.number("eps", 1e-6),
                vace(config, layers));
    }

    private static Optional<Vace> vace(Config config, int layers) {
        String name = config.text("_class_name");
        return switch (name) {
            case "WanTransformer3DModel" -> Optional.empty();
            case "WanVACETransformer3DModel" ->
                Optional.of(new Vace(vaceLayers(config, layers), config.integer("vace_in_channels", 96)));
            default -> throw config.invalid("_class_name", "is '" + name + "', a transformer that is not supported");
        };
    }

    private static List<Integer> vaceLayers(Config config, int layers) {
        List<Integer> vaceLayers = config.integers("vace_layers");
        boolean known = vaceLayers.stream().allMatch(layer -> layer >= 0 && layer < layers);
        if (!known || !vaceLayers.contains(0)) {
            throw config.invalid(
                    "vace_layers", "is " + vaceLayers + ": it must have 0 and only layers below " + layers);
        }
        return vaceLayers;
    }

    /** Of a token's hidden state. */
    int size() {
        return heads * headSize;
    }
}
