package com.ourvidz.diffusion.wanvae;

import com.ourvidz.diffusion.checkpoint.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * {@code nn.Conv3d} over three frames and a square of pixels. Three frames that lie one after another in memory are one picture with three times
 * the channels, and this is computed as a convolution over that: CPUs are faster at it, and nothing is copied.
 */
final class ThreeFrameConv {

    static final int FRAMES = 3;

    private static final long[] ONE = {1, 1};

    private final Tensor weight; // (out, 3 * in, kernel, kernel)
    private final TensorOptional bias; // (out)
    private final long[] padding;
    private final int in;

    ThreeFrameConv(Weights weights, int in, int out, int kernel) {
        try (Tensor stored = weights.get("weight", out, in, FRAMES, kernel, kernel)) {
            this.weight = stored.transpose(1, 2).reshape(out, (long) FRAMES * in, kernel, kernel);
        }
        this.bias = new TensorOptional(weights.get("bias", out));
        this.padding = new long[] {(kernel - 1) / 2, (kernel - 1) / 2};
        this.in = in;
    }

    /** Of each three frames, from every {@code step}-th on: (frames, in, height, width) to ((frames - 3) / step + 1, out, height, width). */
    Tensor forward(Tensor frames, int step) {
        TensorVector results = new TensorVector();
        for (long first = 0; first + FRAMES <= frames.size(0); first += step) {
            Tensor three = frames.narrow(0, first, FRAMES).view(1, -1, frames.size(2), frames.size(3));
            results.push_back(convolve(three, weight));
        }
        return torch.cat(results, 0);
    }

    /** Of one frame after two of zeros, in a third of the time: (1, in, height, width) to (1, out, height, width). */
    Tensor forwardAlone(Tensor frame) {
        return convolve(frame, weight.narrow(1, (FRAMES - 1L) * in, in));
    }

    private Tensor convolve(Tensor x, Tensor kernel) {
        return torch.conv2d(x, kernel, bias, ONE, padding, ONE, 1);
    }
}
