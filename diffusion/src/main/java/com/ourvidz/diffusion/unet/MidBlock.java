package com.ourvidz.diffusion.unet;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.ResnetBlock2D;
import com.ourvidz.diffusion.tensor.Scoped;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * {@code UNetMidBlock2DCrossAttn}, at the coarsest resolution: (batch, channels, height, width) to the same. Without attention it is {@code
 * UNetMidBlock2D}, whose only residual block is the first.
 */
final class MidBlock {

    private final ResnetBlock2D resnet0;
    private final Optional<Attended> attended;

    /** What follows the first residual block. */
    private record Attended(Transformer2DModel attention, ResnetBlock2D resnet1) {}

    MidBlock(Weights weights, UNetConfig config) {
        UNetConfig.Level level = config.levels().getLast();
        ResnetBlock2D.Shape shape = config.resnet(level.channels(), level.channels());
        this.resnet0 = new ResnetBlock2D(weights.under("resnets.0"), shape);
        this.attended = config.midAttention()
                ? Optional.of(new Attended(
                        new Transformer2DModel(
                                weights.under("attentions.0"), config, level, level.transformerLayers(0)),
                        new ResnetBlock2D(weights.under("resnets.1"), shape)))
                : Optional.empty();
    }

    Tensor forward(Tensor x, Tensor time, Tensor context) {
        return Scoped.result(() -> {
            Tensor hidden = resnet0.forward(x, time);
            return attended.map(rest -> rest.resnet1().forward(rest.attention().forward(hidden, context), time))
                    .orElse(hidden);
        });
    }
}
