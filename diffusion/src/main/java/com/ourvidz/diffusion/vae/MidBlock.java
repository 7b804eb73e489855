package com.ourvidz.diffusion.vae;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Layer;
import com.ourvidz.diffusion.layers.ResnetBlock2D;
import com.ourvidz.diffusion.layers.Sequential;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** {@code UNetMidBlock2D}, at the coarsest resolution: (batch, channels, height, width) to the same. */
final class MidBlock {

    private final Sequential layers;

    MidBlock(Weights weights, KlConfig config) {
        int channels = config.blockChannels().getLast();
        List<Layer> sequence = new ArrayList<>();
        sequence.add(new ResnetBlock2D(weights.under("resnets.0"), config.resnet(channels, channels)));
        if (config.midAttention()) {
            sequence.add(new PixelAttention(weights.under("attentions.0"), config, channels));
        }
        sequence.add(new ResnetBlock2D(weights.under("resnets.1"), config.resnet(channels, channels)));
        this.layers = new Sequential(sequence);
    }

    Tensor forward(Tensor x) {
        return layers.forward(x);
    }
}
