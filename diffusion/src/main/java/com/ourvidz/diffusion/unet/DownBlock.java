package com.ourvidz.diffusion.unet;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Downsample2D;
import com.ourvidz.diffusion.layers.ResnetBlock2D;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** {@code DownBlock2D}, and with attention {@code CrossAttnDownBlock2D}: one resolution on the way down. */
final class DownBlock {

    private final List<ResnetBlock2D> resnets;
    private final List<Transformer2DModel> attentions; // as many as resnets, or none
    private final Optional<Downsample2D> downsampler;

    /** {@code last} is the coarsest resolution, below which there is none. */
    DownBlock(Weights weights, UNetConfig config, UNetConfig.Level level, int inChannels, boolean last) {
        this.resnets = IntStream.range(0, level.layers())
                .mapToObj(i -> new ResnetBlock2D(
                        weights.under("resnets." + i),
                        config.resnet(i == 0 ? inChannels : level.channels(), level.channels())))
                .toList();
        this.attentions = IntStream.range(0, level.attention() ? level.layers() : 0)
                .mapToObj(i -> new Transformer2DModel(
                        weights.under("attentions." + i), config, level, level.transformerLayers(i)))
                .toList();
        this.downsampler = last
                ? Optional.empty()
                : Optional.of(new Downsample2D(
                        weights.under("downsamplers.0"), level.channels(), config.downsamplePadding()));
    }

    /**
     * From (batch, inChannels, height, width) to (batch, channels, height / 2, width / 2), or the same size at the last.
     *
     * @param skips where each layer leaves its result for the way up
     */
    Tensor forward(Tensor x, Tensor time, Tensor context, Deque<Tensor> skips) {
        Tensor hidden = x;
        for (int i = 0; i < resnets.size(); i++) {
            hidden = resnets.get(i).forward(hidden, time);
            if (!attentions.isEmpty()) {
                hidden = attentions.get(i).forward(hidden, context);
            }
            skips.push(hidden);
        }
        if (downsampler.isPresent()) {
            hidden = downsampler.get().forward(hidden);
            skips.push(hidden);
        }
        return hidden;
    }
}
