package com.ourvidz.diffusion.unet;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.ResnetBlock2D;
import com.ourvidz.diffusion.layers.Upsample2D;
import com.ourvidz.diffusion.tensor.Scoped;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** {@code UpBlock2D}, and with attention {@code CrossAttnUpBlock2D}: one resolution on the way up. */
final class UpBlock {

    private final List<ResnetBlock2D> resnets;
    private final List<Transformer2DModel> attentions; // as many as resnets, or none
    private final Optional<Upsample2D> upsampler;

    /**
     * Reads a block.
     *
     * @param previousChannels of what comes from the coarser resolution
     * @param nextChannels of the next finer resolution; the same at the {@code last}, the finest
     */
    UpBlock(
            Weights weights,
            UNetConfig config,
            UNetConfig.Level level,
            int previousChannels,
            int nextChannels,
            boolean last) {
        int count = level.layers() + 1;
        this.resnets = IntStream.range(0, count)
                .mapToObj(i -> new ResnetBlock2D(
                        weights.under("resnets." + i),
                        config.resnet(
                                (i == 0 ? previousChannels : level.channels())
                                        + (i == count - 1 ? nextChannels : level.channels()),
                                level.channels())))
                .toList();
        this.attentions = IntStream.range(0, level.attention() ? count : 0)
                .mapToObj(i -> new Transformer2DModel(
                        weights.under("attentions." + i), config, level, level.transformerLayers(i)))
                .toList();
        this.upsampler =
                last ? Optional.empty() : Optional.of(new Upsample2D(weights.under("upsamplers.0"), level.channels()));
    }

    /**
     * From (batch, previousChannels, height, width) to (batch, channels, 2 * height, 2 * width), or the same size at the last.
     *
     * @param skips what the way down left, taken from the last to the first
     */
    Tensor forward(Tensor x, Tensor time, Tensor context, Deque<Tensor> skips) {
        return Scoped.result(() -> {
            Tensor hidden = x;
            for (int i = 0; i < resnets.size(); i++) {
                hidden = resnets.get(i).forward(join(hidden, skips.pop()), time);
                if (!attentions.isEmpty()) {
                    hidden = attentions.get(i).forward(hidden, context);
                }
            }
            return upsampler.isPresent() ? upsample(upsampler.get(), hidden, skips.element()) : hidden;
        });
    }

    private static Tensor join(Tensor hidden, Tensor skip) {
        return torch.cat(new TensorVector(hidden, skip), 1); // (batch, hiddenChannels + skipChannels, height, width)
    }

    private static Tensor upsample(Upsample2D upsampler, Tensor hidden, Tensor nextSkip) {
        return upsampler.forward(hidden, nextSkip.size(2), nextSkip.size(3));
    }
}
