package com.ourvidz.diffusion.wanvae;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Supported;
import java.util.Collections;
import java.util.List;

/**
 * The settings of an {@code AutoencoderKLWan}.
 *
 * @param baseChannels of the encoder's first convolution
 * @param encoderChannels of each resolution, the finest first
 * @param decoderChannels likewise
 * @param blocks residual ones at each resolution of the encoder; the decoder has one more
 * @param halvesTime for each step to a coarser resolution, the finest first, whether the frames become half as many too
 */
record WanVaeConfig(
        int inChannels,
        int outChannels,
        int latentChannels,
        int baseChannels,
        List<Integer> encoderChannels,
        List<Integer> decoderChannels,
        int blocks,
        List<Boolean> halvesTime,
        List<Double> latentsMean,
        List<Double> latentsStd) {

    WanVaeConfig {
        encoderChannels = List.copyOf(encoderChannels);
        decoderChannels = List.copyOf(decoderChannels);
        halvesTime = List.copyOf(halvesTime);
    }

    /**
     * Reads the settings.
     *
     * @throws CheckpointException when one is missing or not supported; WAN 2.2's autoencoder is not
     */
    static WanVaeConfig of(Config config) {
        new Supported(config)
                .only("_class_name", "AutoencoderKLWan")
                .off("is_residual")
                .unset("patch_size");
        requireNoAttention(config);
        List<Integer> multiples = config.integers("dim_mult");
        int base = config.integer("base_dim", 96);
        int latents = config.integer("z_dim", 16);
        return new WanVaeConfig(
                config.integer("in_channels", 3),
                config.integer("out_channels", 3),
                latents,
                base,
                channels(base, multiples),
                channels(config.integer("decoder_base_dim", base), multiples),
                config.integer("num_res_blocks", 2),
                halvesTime(config, multiples.size() - 1),
                perChannel(config, "latents_mean", latents),
                perChannel(config, "latents_std", latents));
    }

    private static void requireNoAttention(Config config) {
        if (config.has("attn_scales") && !config.numbers("attn_scales").isEmpty()) {
            throw config.invalid("attn_scales", "is not empty, which is not supported");
        }
    }

    private static List<Integer> channels(int base, List<Integer> multiples) {
        return multiples.stream().map(multiple -> base * multiple).toList();
    }

    private static List<Boolean> halvesTime(Config config, int steps) {
        List<Boolean> halves = config.flags("temperal_downsample");
        if (halves.size() != steps) {
            throw config.invalid(
                    "temperal_downsample", "has " + halves.size() + " values where dim_mult makes expect " + steps);
        }
        return halves;
    }

    private static List<Double> perChannel(Config config, String setting, int channels) {
        List<Double> values = config.numbers(setting);
        if (values.size() != channels) {
            throw config.invalid(setting, "has " + values.size() + " values where z_dim makes expect " + channels);
        }
        return values;
    }

    /** How many pixels a latent is wide and high. */
    int spatialStride() {
        return 1 << halvesTime.size();
    }

    /** How many frames a latent after the first stands for. */
    int temporalStride() {
        return 1 << Collections.frequency(halvesTime, true);
    }
}
