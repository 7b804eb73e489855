package com.ourvidz.diffusion.wanvae;

import com.ourvidz.diffusion.checkpoint.Weights;
import org.bytedeco.pytorch.Tensor;

/** The last norm and convolution, of the encoder as of the decoder. */
final class Head implements CausalLayer {

    private final ChannelNorm normOut;
    private final CausalConv convOut;

    Head(Weights weights, int in, int out) {
        this.normOut = new ChannelNorm(weights.under("norm_out"), in);
        this.convOut = new CausalConv(weights.under("conv_out"), in, out);
    }

    @Override
    public Tensor forward(Tensor x, FeatureCache cache) {
        return convOut.forward(normOut.forwardSilu(x), cache);
    }
}
