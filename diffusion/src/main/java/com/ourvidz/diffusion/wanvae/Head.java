package com.ourvidz.diffusion.wanvae;

import com.ourvidz.diffusion.checkpoint.Weights;
import org.bytedeco.pytorch.Tensor;

/** The last norm and convolution, of the encoder as of the decoder. */
final class Head implements CausalLayer {

    private final ChannelNorm normOut;
    private final CausalConv3d convOut;

    Head(Weights weights, int in, int out) {
        this.normOut = ChannelNorm.ofVideo(weights.under("norm_out"), in);
        this.convOut = new CausalConv3d(weights.under("conv_out"), in, out);
    }

    @Override
    public Tensor forward(Tensor x, FeatureCache cache) {
        return convOut.forward(normOut.forwardSilu(x), cache);
    }
}
