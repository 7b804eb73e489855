package com.ourvidz.diffusion.dit;

import org.bytedeco.pytorch.Tensor;

/** Counts in time, height and width: of the latents in a token, or of the tokens in a video. */
public record Grid(int frames, int height, int width) {

    int volume() {
        return frames * height * width;
    }

    /** How many patches of this size latents, (batch, channels, frames, height, width), are. */
    Grid patchesOf(Tensor latents) {
        return new Grid((int) latents.size(2) / frames, (int) latents.size(3) / height, (int) latents.size(4) / width);
    }
}
