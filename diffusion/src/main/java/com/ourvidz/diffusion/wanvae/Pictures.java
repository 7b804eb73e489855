package com.ourvidz.diffusion.wanvae;

import org.bytedeco.pytorch.Tensor;

/** One video as a batch of pictures, for layers that know no time. */
final class Pictures {

    private Pictures() {}

    /** (1, channels, frames, height, width) to (frames, channels, height, width). */
    static Tensor of(Tensor video) {
        return video.squeeze(0).transpose(0, 1);
    }

    /** (frames, channels, height, width) to (1, channels, frames, height, width). */
    static Tensor video(Tensor pictures) {
        return pictures.transpose(0, 1).unsqueeze(0);
    }
}
