package com.ourvidz.diffusion.wanvae;

import com.ourvidz.diffusion.checkpoint.Weights;
import java.util.ArrayList;
import java.util.List;

/** {@code WanEncoder3d}: (frames, inChannels, height, width) to twice the latent channels, over the strides. */
final class Encoder {

    private Encoder() {}

    static CausalSequence of(Weights weights, WanVaeConfig config) {
        List<Integer> channels = config.encoderChannels();
        List<CausalLayer> layers = new ArrayList<>();
        layers.add(new CausalConv(weights.under("conv_in"), config.inChannels(), config.baseChannels()));
        layers.addAll(downBlocks(weights, config, channels));
        layers.addAll(MidBlock.layers(weights.under("mid_block"), channels.getLast()));
        layers.add(new Head(weights, channels.getLast(), 2 * config.latentChannels()));
        return new CausalSequence(layers);
    }

    /** Blocks and resamplings stand in one list, by whose index they are named. */
    private static List<CausalLayer> downBlocks(Weights weights, WanVaeConfig config, List<Integer> channels) {
        List<CausalLayer> layers = new ArrayList<>();
        int in = config.baseChannels();
        for (int level = 0; level < channels.size(); level++) {
            int out = channels.get(level);
            for (int j = 0; j < config.blocks(); j++) {
                layers.add(new ResidualBlock(weights.under("down_blocks." + layers.size()), j == 0 ? in : out, out));
            }
            if (level < channels.size() - 1) {
                layers.add(new Downsample(
                        weights.under("down_blocks." + layers.size()),
                        out,
                        config.halvesTime().get(level)));
            }
            in = out;
        }
        return layers;
    }
}
