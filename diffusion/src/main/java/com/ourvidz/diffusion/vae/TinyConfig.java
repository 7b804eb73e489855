package com.ourvidz.diffusion.vae;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Supported;
import com.ourvidz.diffusion.layers.Activation;
import java.util.Collections;
import java.util.List;

/**
 * The settings of an {@code AutoencoderTiny}, whose defaults are TAESD's.
 *
 * @param encoderChannels of each resolution, the finest first
 * @param encoderBlocks at each resolution
 * @param decoderChannels of each resolution, the coarsest first
 * @param decoderBlocks at each resolution
 * @param upsampling from one resolution to the next
 */
record TinyConfig(
        int inChannels,
        int outChannels,
        int latentChannels,
        List<Integer> encoderChannels,
        List<Integer> encoderBlocks,
        List<Integer> decoderChannels,
        List<Integer> decoderBlocks,
        Activation activation,
        int upsampling) {

    /** Far more than any model has: what is beyond is a mistake, and is not to take memory. */
    private static final int MOST_CHANNELS = 1 << 16;

    private static final int MOST_BLOCKS = 1000;
    private static final List<Integer> CHANNELS = Collections.nCopies(4, 64);

    /**
     * Reads the settings.
     *
     * @throws CheckpointException when one is not supported
     */
    static TinyConfig of(Config config) {
        new Supported(config).only("upsample_fn", "nearest");
        List<Integer> encoderChannels = integers(config, "encoder_block_out_channels", CHANNELS);
        List<Integer> decoderChannels = integers(config, "decoder_block_out_channels", CHANNELS);
        return new TinyConfig(
                config.integer("in_channels", 3),
                config.integer("out_channels", 3),
                config.integer("latent_channels", 4),
                encoderChannels,
                blocks(config, "num_encoder_blocks", List.of(1, 3, 3, 3), encoderChannels),
                decoderChannels,
                blocks(config, "num_decoder_blocks", List.of(3, 3, 3, 1), decoderChannels),
                config.has("act_fn") ? Activation.of(config, "act_fn") : Activation.RELU,
                config.integer("upsampling_scaling_factor", 2));
    }

    private static List<Integer> blocks(
            Config config, String setting, List<Integer> otherwise, List<Integer> channels) {
        List<Integer> blocks = integers(config, setting, otherwise);
        if (blocks.size() != channels.size()) {
            throw config.invalid(
                    setting, "has " + blocks.size() + " values where " + channels.size() + " are expected");
        }
        return config.within(0, MOST_BLOCKS, setting, blocks);
    }

    private static List<Integer> integers(Config config, String setting, List<Integer> otherwise) {
        return config.has(setting) ? config.within(0, MOST_CHANNELS, setting, config.integers(setting)) : otherwise;
    }
}
