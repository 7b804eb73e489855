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

    /**
     * Reads the settings.
     *
     * @throws CheckpointException when one is missing or not supported
     */
    static KlConfig of(Config config) {
        new Supported(config).only("act_fn", "silu");
        requireBlocks(config, "down_block_types", "DownEncoderBlock2D");
        requireBlocks(config, "up_block_types", "UpDecoderBlock2D");
        return new KlConfig(
                config.integer("in_channels", 3),
                config.integer("out_channels", 3),
                config.integer("latent_channels", 4),
                config.integers("block_out_channels"),
                config.integer("layers_per_block", 1),
                config.integer("norm_num_groups", 32),
                config.flag("mid_block_add_attention", true),
                config.flag("use_quant_conv", true),
                config.flag("use_post_quant_conv", true));
    }

    private static void requireBlocks(Config config, String setting, String supported) {
        for (String type : config.texts(setting)) {
            if (!type.equals(supported)) {
                throw config.invalid(setting, "has '" + type + "', which is not supported; '" + supported + "' is");
            }
        }
    }

    ResnetBlock2D.Shape resnet(int in, int out) {
        return new ResnetBlock2D.Shape(in, out, OptionalInt.empty(), normGroups, EPSILON);
    }

    double normEpsilon() {
        return EPSILON;
    }
}
