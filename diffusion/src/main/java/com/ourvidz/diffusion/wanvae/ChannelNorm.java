package com.ourvidz.diffusion.wanvae;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Activation;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/** {@code WanRMS_norm}: each pixel's channels, in dimension 1, brought to unit mean square; the shape stays. */
final class ChannelNorm {

    private static final long[] CHANNELS = {1};
    private static final double SMALLEST = 1e-12;

    private final Tensor gamma; // (channels, 1, …), times the square root of the channels

    private ChannelNorm(Tensor gamma) {
        this.gamma = gamma.mul(new Scalar(Math.sqrt((double) gamma.size(0))));
    }

    /** Of (batch, channels, frames, height, width). */
    static ChannelNorm ofVideo(Weights weights, int channels) {
        return new ChannelNorm(weights.get("gamma", channels, 1, 1, 1));
    }

    /** Of (batch, channels, height, width). */
    static ChannelNorm ofPictures(Weights weights, int channels) {
        return new ChannelNorm(weights.get("gamma", channels, 1, 1));
    }

    Tensor forward(Tensor x) {
        Tensor length = x.norm(new ScalarOptional(new Scalar(2.0)), CHANNELS, true);
        return x.div(length.clamp_min_(new Scalar(SMALLEST))).mul_(gamma);
    }

    /** {@code silu(norm(x))}, the pair that stands before every convolution. */
    Tensor forwardSilu(Tensor x) {
        return Activation.SILU.overwrite(forward(x));
    }
}
