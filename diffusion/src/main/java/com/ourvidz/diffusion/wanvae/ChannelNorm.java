package com.ourvidz.diffusion.wanvae;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Activation;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/** {@code WanRMS_norm}: each pixel's channels brought to unit mean square; (frames, channels, height, width), the shape stays. */
final class ChannelNorm {

    private static final long[] CHANNELS = {1};
    private static final double SMALLEST = 1e-12;

    private final Tensor gamma; // (channels, 1, 1), times the square root of the channels

    ChannelNorm(Weights weights, int channels) {
        // stored as (channels, 1, 1, 1) where the layers around it are about time too
        boolean ofVideo = weights.shape("gamma").size() == 4;
        Tensor stored = ofVideo ? weights.get("gamma", channels, 1, 1, 1) : weights.get("gamma", channels, 1, 1);
        this.gamma = stored.view(channels, 1, 1).mul(new Scalar(Math.sqrt((double) channels)));
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
