package com.ourvidz.diffusion.vae;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Conv2d;
import com.ourvidz.diffusion.layers.Layer;
import com.ourvidz.diffusion.layers.Sequential;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.global.torch;

/** The layers of {@code EncoderTiny} and {@code DecoderTiny}, numbered as the checkpoint numbers them. */
final class TinyLayers {

    private TinyLayers() {}

    /** (batch, inChannels, height, width) to (batch, latentChannels, height / stride, width / stride). */
    static Sequential encoder(Weights weights, TinyConfig config) {
        List<Layer> layers = new ArrayList<>();
        int channels = config.encoderChannels().getFirst();
        for (int i = 0; i < config.encoderChannels().size(); i++) {
            channels = config.encoderChannels().get(i);
            Weights conv = weights.under("" + layers.size());
            layers.add(
                    i == 0
                            ? new Conv2d(conv, config.inChannels(), channels, 3)
                            : Conv2d.withoutBias(conv, channels, channels, 3, 2));
            addBlocks(layers, weights, config, channels, config.encoderBlocks().get(i));
        }
        layers.add(new Conv2d(weights.under("" + layers.size()), channels, config.latentChannels(), 3));
        return new Sequential(layers);
    }

    /** (batch, latentChannels, height, width) to (batch, outChannels, stride * height, stride * width). */
    static Sequential decoder(Weights weights, TinyConfig config) {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Conv2d(
                weights.under("0"),
                config.latentChannels(),
                config.decoderChannels().getFirst(),
                3));
        layers.add(config.activation());
        int last = config.decoderChannels().size() - 1;
        for (int i = 0; i < last; i++) {
            int channels = config.decoderChannels().get(i);
            addBlocks(layers, weights, config, channels, config.decoderBlocks().get(i));
            layers.add(upsampling(config.upsampling()));
            layers.add(Conv2d.withoutBias(weights.under("" + layers.size()), channels, channels, 3, 1));
        }
        int channels = config.decoderChannels().get(last);
        addBlocks(layers, weights, config, channels, config.decoderBlocks().get(last));
        layers.add(new Conv2d(weights.under("" + layers.size()), channels, config.outChannels(), 3));
        return new Sequential(layers);
    }

    private static void addBlocks(List<Layer> layers, Weights weights, TinyConfig config, int channels, int count) {
        for (int i = 0; i < count; i++) {
            layers.add(new TinyBlock(weights.under("" + layers.size()), channels, config.activation()));
        }
    }

    private static Layer upsampling(int factor) {
        return x -> torch.upsample_nearest2d(x, factor * x.size(2), factor * x.size(3));
    }
}
