package com.ourvidz.diffusion.unet;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Supported;
import com.ourvidz.diffusion.layers.ResnetBlock2D;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The settings of {@code unet/config.json}.
 *
 * @param levels the resolutions on the way down, the finest first
 * @param upLevels the same on the way up, the coarsest first
 * @param midAttention whether the block in the middle attends to the prompt
 */
record UNetConfig(
        int inChannels,
        int outChannels,
        int convInKernel,
        int convOutKernel,
        List<Level> levels,
        List<Level> upLevels,
        boolean midAttention,
        int normGroups,
        double normEpsilon,
        boolean linearProjection,
        int downsamplePadding,
        int timeSize,
        boolean flipSinToCos,
        double frequencyShift,
        int additionTimeSize,
        int additionSize) {

    private static final String TRANSFORMERS = "transformer_layers_per_block";
    private static final String UP_TRANSFORMERS = "reverse_transformer_layers_per_block";
    private static final String MID_ATTENTION = "UNetMidBlock2DCrossAttn";

    /** Far more than any model has: what is beyond is a mistake, and is not to take memory. */
    private static final int MOST_CHANNELS = 1 << 16;

    private static final int MOST_LAYERS = 1000;

    /**
     * One resolution.
     *
     * @param attention whether it attends to the prompt
     * @param layers residual blocks on the way down; the way up has one more
     * @param heads of its attention
     * @param contextSize channels of the prompt's embeddings
     * @param transformerLayers in each of its transformers, one after another; one number stands for all
     */
    record Level(
            boolean attention, int channels, int layers, int heads, int contextSize, List<Integer> transformerLayers) {

        /** Of the transformer that follows the residual block {@code i}. */
        int transformerLayers(int i) {
            return transformerLayers.size() == 1 ? transformerLayers.getFirst() : transformerLayers.get(i);
        }

        Level with(boolean attention, List<Integer> transformerLayers) {
            return new Level(attention, channels, layers, heads, contextSize, transformerLayers);
        }
    }

    /**
     * Reads the settings.
     *
     * @throws CheckpointException when one is missing, or asks for what SDXL's UNet does not have
     */
    static UNetConfig of(Config config) {
        requireSdxl(config);
        List<Level> levels = levels(
                config, config.within(1, MOST_CHANNELS, "block_out_channels", config.integers("block_out_channels")));
        requireDivisors(config, levels);
        requireEven(config, "block_out_channels", levels.getFirst().channels);
        return new UNetConfig(
                config.integer("in_channels"),
                config.integer("out_channels"),
                config.integer("conv_in_kernel", 3),
                config.integer("conv_out_kernel", 3),
                levels,
                upLevels(config, levels.reversed()),
                midAttention(config),
                config.integer("norm_num_groups"),
                config.number("norm_eps", 1e-5),
                config.flag("use_linear_projection", false),
                config.within(0, 1, "downsample_padding", config.integer("downsample_padding", 1)),
                config.integer("time_embedding_dim", 4 * levels.getFirst().channels),
                config.flag("flip_sin_to_cos", true),
                config.number("freq_shift", 0),
                additionTimeSize(config),
                config.integer("projection_class_embeddings_input_dim"));
    }

    private static int additionTimeSize(Config config) {
        String name = "addition_time_embed_dim";
        int size = config.within(1, MOST_CHANNELS, name, config.integer(name));
        requireEven(config, name, size);
        return size;
    }

    /** Half of them are sines and half are cosines. */
    private static void requireEven(Config config, String setting, int size) {
        if (size % 2 != 0) {
            throw config.invalid(setting, "is " + size + " for the times, which must be even");
        }
    }

    /** A residual block with this UNet's time and norms. */
    ResnetBlock2D.Shape resnet(int in, int out) {
        return new ResnetBlock2D.Shape(in, out, OptionalInt.of(timeSize), normGroups, normEpsilon);
    }

    private static List<Level> levels(Config config, List<Integer> channels) {
        int count = channels.size();
        List<Boolean> attentions = attentions(config, "down_block_types", "DownBlock2D", count);
        List<Integer> layers =
                config.within(1, MOST_LAYERS, "layers_per_block", repeated(config, "layers_per_block", 2, count));
        // Named as a size, but a count: a mistake of the first diffusers that every checkpoint has kept since.
        List<Integer> heads = repeated(config, "attention_head_dim", 8, count);
        List<Integer> contextSizes = repeated(config, "cross_attention_dim", 1280, count);
        List<List<Integer>> transformerLayers = config.has(TRANSFORMERS)
                ? transformers(config, TRANSFORMERS, count)
                : Collections.nCopies(count, List.of(1));
        return IntStream.range(0, count)
                .mapToObj(i -> new Level(
                        attentions.get(i),
                        channels.get(i),
                        layers.get(i),
                        heads.get(i),
                        contextSizes.get(i),
                        forEach(config, TRANSFORMERS, transformerLayers.get(i), layers.get(i))))
                .toList();
    }

    private static List<Level> upLevels(Config config, List<Level> levels) {
        int count = levels.size();
        List<Boolean> attentions = attentions(config, "up_block_types", "UpBlock2D", count);
        boolean mirrored = !config.has(UP_TRANSFORMERS);
        String setting = mirrored ? TRANSFORMERS : UP_TRANSFORMERS;
        List<List<Integer>> transformerLayers = mirrored
                ? levels.stream().map(Level::transformerLayers).toList()
                : transformers(config, UP_TRANSFORMERS, count);
        return IntStream.range(0, count)
                .mapToObj(i -> levels.get(i)
                        .with(
                                attentions.get(i),
                                forEach(
                                        config,
                                        setting,
                                        transformerLayers.get(i),
                                        levels.get(i).layers() + 1)))
                .toList();
    }

    private static List<List<Integer>> transformers(Config config, String setting, int count) {
        return config.integerListsOrRepeated(setting, count).stream()
                .map(layers -> config.within(0, MOST_LAYERS, setting, layers))
                .toList();
    }

    /** One number for all transformers of a level, or one for each. */
    private static List<Integer> forEach(Config config, String setting, List<Integer> values, int count) {
        if (values.size() != 1 && values.size() != count) {
            throw config.invalid(
                    setting, "has " + values + " for a resolution with " + count + " transformers on this way");
        }
        return values;
    }

    private static boolean midAttention(Config config) {
        return config.text("mid_block_type", MID_ATTENTION).equals(MID_ATTENTION);
    }

    private static List<Integer> repeated(Config config, String setting, int otherwise, int count) {
        return config.has(setting) ? config.integersOrRepeated(setting, count) : Collections.nCopies(count, otherwise);
    }

    private static List<Boolean> attentions(Config config, String setting, String plain, int count) {
        List<String> types = config.texts(setting);
        if (types.size() != count) {
            throw config.invalid(setting, "has " + types.size() + " values where " + count + " are expected");
        }
        return types.stream()
                .map(type -> attention(config, setting, plain, type))
                .toList();
    }

    private static boolean attention(Config config, String setting, String plain, String type) {
        boolean attention = type.equals("CrossAttn" + plain);
        if (!attention && !type.equals(plain)) {
            throw config.invalid(setting, "has '" + type + "', which is not supported");
        }
        return attention;
    }

    private static void requireDivisors(Config config, List<Level> levels) {
        int groups = config.integer("norm_num_groups");
        for (Level level : levels) {
            boolean middle = midAttention(config) && level.equals(levels.getLast()); // it has the last one's heads
            boolean attends = level.attention || middle;
            if (attends && !divides(level.heads, level.channels)) {
                throw config.invalid(
                        "attention_head_dim", "has " + level.heads + " heads for " + level.channels + " channels");
            }
            if (!divides(groups, level.channels)) {
                throw config.invalid("norm_num_groups", "is " + groups + " for " + level.channels + " channels");
            }
        }
    }

    private static boolean divides(int parts, int whole) {
        return parts > 0 && whole % parts == 0;
    }

    private static void requireSdxl(Config config) {
        if (!config.has("addition_embed_type")) {
            throw config.invalid(
                    "addition_embed_type", "is not set: the UNet of another model. SDXL's has 'text_time'");
        }
        new Supported(config)
                .only("addition_embed_type", "text_time")
                .only("mid_block_type", List.of(MID_ATTENTION, "UNetMidBlock2D"))
                .only("act_fn", "silu")
                .only("resnet_time_scale_shift", "default")
                .only("time_embedding_type", "positional")
                .only("attention_type", "default")
                .only("mid_block_scale_factor", 1)
                .only("resnet_out_scale_factor", 1)
                .off("center_input_sample", "dual_cross_attention", "only_cross_attention")
                .off("mid_block_only_cross_attention", "resnet_skip_time_act", "class_embeddings_concat")
                .unset("class_embed_type", "num_class_embeds", "encoder_hid_dim", "encoder_hid_dim_type")
                .unset("time_cond_proj_dim", "timestep_post_act", "time_embedding_act_fn", "cross_attention_norm")
                .unset("num_attention_heads");
    }
}
