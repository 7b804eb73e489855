package com.ourvidz.diffusion.wanvae;

import com.ourvidz.diffusion.checkpoint.Weights;
import java.util.ArrayList;
import java.util.List;

/** {@code WanDecoder3d}: (frames, latentChannels, height, width) to (frames, outChannels, …), times the strides. */
final class Decoder {

    private Decoder() {}

    static CausalSequence of(Weights weights, WanVaeConfig config) {
        List<Integer> channels = config.decoderChannels().reversed();
        List<CausalLayer> layers = new ArrayList<>();
        layers.add(new CausalConv(weights.under("conv_in"), config.latentChannels(), channels.getFirst()));
        layers.addAll(MidBlock.layers(weights.under("mid_block"), channels.getFirst()));
        layers.addAll(upBlocks(weights, config, channels));
        layers.add(new Head(weights, channels.getLast(), config.outChannels()));
        return new CausalSequence(layers);
    }

    private static List<CausalLayer> upBlocks(Weights weights, WanVaeConfig config, List<Integer> channels) {
        List<CausalLayer> layers = new ArrayList<>();
        List<Boolean> doublesTime = config.halvesTime().reversed();
        int in = channels.getFirst();
        for (int level = 0; level < channels.size(); level++) {
            Weights block = weights.under("up_blocks." + level);
            int out = channels.get(level);
            for (int j = 0; j <= config.blocks(); j++) {
                layers.add(new ResidualBlock(block.under("resnets." + j), j == 0 ? in : out, out));
            }
            if (level < channels.size() - 1) {
                layers.add(new Upsample(block.under("upsamplers.0"), out, doublesTime.get(level)));
            }
            in = out / 2;
        }
        return layers;
    }
}
