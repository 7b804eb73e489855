package com.ourvidz.diffusion.dit;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Conv3d;
import org.bytedeco.pytorch.Tensor;

/** Latents, (batch, channels, frames, height, width), to tokens, (batch, tokens, size). */
final class PatchEmbedding {

    private final Conv3d conv;

    PatchEmbedding(WanConfig config, Weights weights, int channels) {
        Conv3d.Steps patch = config.patch().steps();
        this.conv = new Conv3d(weights, channels, config.size(), patch, patch, Conv3d.Steps.NONE);
    }

    Tensor forward(Tensor latents) {
        return conv.forward(latents).flatten(2, 4).transpose(1, 2).contiguous();
    }
}
