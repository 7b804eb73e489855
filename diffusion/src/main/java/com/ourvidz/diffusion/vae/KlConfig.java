package com.ourvidz.diffusion.vae;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Supported;
import com.ourvidz.diffusion.layers.ResnetBlock2D;
import java.util.List;
import java.util.OptionalInt;

/**
 * The settings of an {@code AutoencoderKL}.
 *
 * @param blockChannels of each resolution, the finest first
 */
record KlConfig(
        int inChannels,
        int outChannels,
        int latentChannels,
        List<Integer> blockChannels,
        int layersPerBlock,
        int normGroups,
        boolean midAttention,
        boolean quantConv,
        boolean postQuantConv) {

    private static final double EPSILON = 1e-6;

    /** Far more than any model has: what is beyond is a mistake, and is not to take memory. */
    private static final int MOST_CHANNELS = 1 << 16;

    private static final int MOST_LAYERS = 1000;
    private static final int MOST_BLOCKS = 16;
    private static final int LARGEST_SAMPLE = 1 << 16;
    private static final int DEFAULT_SAMPLE = 32;

    /**
     * Reads the settings.
     *
     * @throws CheckpointException when one is missing or not supported
     */
    static KlConfig of(Config config) {
        new Supported(config).only("act_fn", "silu");
        List<Integer> channels = config.integers("block_out_channels");
        config.within(1, MOST_CHANNELS, "block_out_channels", channels);
        if (channels.size() > MOST_BLOCKS) {
            throw config.invalid("block_out_channels", "has more than " + MOST_BLOCKS + " values");
        }
        requireBlocks(config, "down_block_types", "DownEncoderBlock2D", channels.size());
        requireBlocks(config, "up_block_types", "UpDecoderBlock2D", channels.size());
        return new KlConfig(
                config.integer("in_channels", 3),
                config.integer("out_channels", 3),
                config.integer("latent_channels", 4),
                channels,
                config.within(1, MOST_LAYERS, "layers_per_block", config.integer("layers_per_block", 1)),
                groups(config, channels),
                config.flag("mid_block_add_attention", true),
                config.flag("use_quant_conv", true),
                config.flag("use_post_quant_conv", true));
    }

    private static int groups(Config config, List<Integer> channels) {
        int groups = config.integer("norm_num_groups", 32);
        if (groups < 1 || channels.stream().anyMatch(count -> count % groups != 0)) {
            throw config.invalid("norm_num_groups", "is " + groups + " for " + channels + " channels");
        }
        return groups;
    }

    private static void requireBlocks(Config config, String setting, String supported, int count) {
        if (config.texts(setting).size() != count) {
            throw config.invalid(setting, "has not the " + count + " values of 'block_out_channels'");
        }
        for (String type : config.texts(setting)) {
            if (!type.equals(supported)) {
                throw config.invalid(setting, "has '" + type + "', which is not supported; '" + supported + "' is");
            }
        }
    }

    ResnetBlock2D.Shape resnet(int in, int out) {
        return new ResnetBlock2D.Shape(in, out, OptionalInt.empty(), normGroups, EPSILON);
    }

    /** How many pixels a latent is wide and high. */
    int stride() {
        return 1 << (blockChannels.size() - 1);
    }

    /** Tiles of the pictures that it was trained on, as diffusers has them; the finest level gets what the next coarser has. */
    TileSize tileSize(Config config, Tiling tiling) {
        int side = config.within(1, LARGEST_SAMPLE, "sample_size", config.integer("sample_size", DEFAULT_SAMPLE));
        return new TileSize(
                tiling, side, BlendedTiles.UNIT * stride(), blockChannels.get(Math.min(1, blockChannels.size() - 1)));
    }

    double normEpsilon() {
        return EPSILON;
    }
}
