package com.ourvidz.diffusion.unet;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.ResnetBlock2D;
import com.ourvidz.diffusion.tensor.Scoped;
import org.bytedeco.pytorch.Tensor;

/** {@code UNetMidBlock2DCrossAttn}, at the coarsest resolution: (batch, channels, height, width) to the same. */
final class MidBlock {

    private final ResnetBlock2D resnet0;
    private final Transformer2DModel attention;
    private final ResnetBlock2D resnet1;

    MidBlock(Weights weights, UNetConfig config) {
        UNetConfig.Level level = config.levels().getLast();
        ResnetBlock2D.Shape shape = config.resnet(level.channels(), level.channels());
        this.resnet0 = new ResnetBlock2D(weights.under("resnets.0"), shape);
        this.attention = new Transformer2DModel(weights.under("attentions.0"), config, level);
        this.resnet1 = new ResnetBlock2D(weights.under("resnets.1"), shape);
    }

    Tensor forward(Tensor x, Tensor time, Tensor context) {
        return Scoped.result(() -> resnet1.forward(attention.forward(resnet0.forward(x, time), context), time));
    }
}
