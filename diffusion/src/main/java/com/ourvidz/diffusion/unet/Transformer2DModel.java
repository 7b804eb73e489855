package com.ourvidz.diffusion.unet;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.GroupNorm;
import com.ourvidz.diffusion.layers.Layer;
import com.ourvidz.diffusion.layers.Linear;
import com.ourvidz.diffusion.tensor.Scoped;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** Transformer blocks over the pixels of a feature map: (batch, channels, height, width) to the same. */
final class Transformer2DModel {

    private static final double EPSILON = 1e-6;

    private final GroupNorm norm;
    private final Layer projIn;
    private final List<BasicTransformerBlock> transformerBlocks;
    private final Layer projOut;

    Transformer2DModel(Weights weights, UNetConfig config, UNetConfig.Level level, int layers) {
        int channels = level.channels();
        this.norm = new GroupNorm(weights.under("norm"), config.normGroups(), channels, EPSILON);
        this.projIn = projection(weights.under("proj_in"), config, channels);
        this.transformerBlocks = IntStream.range(0, layers)
                .mapToObj(i -> new BasicTransformerBlock(weights.under("transformer_blocks." + i), level))
                .toList();
        this.projOut = projection(weights.under("proj_out"), config, channels);
    }

    /** A linear layer, or the 1x1 convolution that computes the same and is stored with two more dimensions. */
    private static Layer projection(Weights weights, UNetConfig config, int channels) {
        return config.linearProjection()
                ? new Linear(weights, channels, channels)
                : Linear.ofPointwiseConvolution(weights, channels, channels);
    }

    Tensor forward(Tensor x, Tensor context) {
        return Scoped.result(() -> {
            Tensor pixels = norm.forward(x).permute(0, 2, 3, 1); // (batch, height, width, channels)
            Tensor tokens = projIn.forward(pixels.flatten(1, 2)); // (batch, height * width, channels)
            for (BasicTransformerBlock block : transformerBlocks) {
                tokens = block.forward(tokens, context);
            }
            Tensor result = projOut.forward(tokens).view(x.size(0), x.size(2), x.size(3), x.size(1));
            return result.permute(0, 3, 1, 2).contiguous().add_(x); // (batch, channels, height, width)
        });
    }
}
