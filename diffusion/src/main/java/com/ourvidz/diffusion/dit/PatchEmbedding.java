package com.ourvidz.diffusion.dit;

import com.ourvidz.diffusion.checkpoint.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Latents, (batch, channels, frames, height, width), to tokens, (batch, tokens, size): a convolution that steps by its own size. */
final class PatchEmbedding {

    private static final long[] NO_PADDING = {0, 0, 0};
    private static final long[] NO_DILATION = {1, 1, 1};

    private final Tensor weight; // (size, channels, patch frames, patch height, patch width)
    private final TensorOptional bias; // (size)
    private final long[] patch;

    PatchEmbedding(WanConfig config, Weights weights, int channels) {
        Grid grid = config.patch();
        this.weight = weights.get("weight", config.size(), channels, grid.frames(), grid.height(), grid.width());
        this.bias = new TensorOptional(weights.get("bias", config.size()));
        this.patch = new long[] {grid.frames(), grid.height(), grid.width()};
    }

    Tensor forward(Tensor latents) {
        return torch.conv3d(latents, weight, bias, patch, NO_PADDING, NO_DILATION, 1)
                .flatten(2, 4)
                .transpose(1, 2)
                .contiguous();
    }
}
