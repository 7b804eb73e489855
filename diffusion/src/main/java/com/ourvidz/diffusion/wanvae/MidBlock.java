package com.ourvidz.diffusion.wanvae;

import com.ourvidz.diffusion.checkpoint.Weights;
import java.util.List;

/** The layers of {@code WanMidBlock}, at the coarsest resolution. */
final class MidBlock {

    private MidBlock() {}

    static List<CausalLayer> layers(Weights weights, int channels) {
        return List.of(
                new ResidualBlock(weights.under("resnets.0"), channels, channels),
                new FrameAttention(weights.under("attentions.0"), channels),
                new ResidualBlock(weights.under("resnets.1"), channels, channels));
    }
}
