package com.ourvidz.diffusion.wanvae;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Conv3d;
import com.ourvidz.diffusion.layers.Conv3d.Steps;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** {@code WanCausalConv3d} over three frames: each frame and the two before it, which before the first are zeros. The shape stays but for the channels. */
final class CausalConv3d implements CausalLayer {

    private static final int PAST = 2;
    private static final long[] ZEROS_BEFORE = {0, 0, 0, 0, PAST, 0};

    private final Conv3d conv;

    private CausalConv3d(Weights weights, int in, int out, int kernel) {
        int padding = (kernel - 1) / 2;
        this.conv = new Conv3d(
                weights, in, out, new Steps(PAST + 1, kernel, kernel), Steps.ONE, new Steps(0, padding, padding));
    }

    /** Over 3x3 pixels. */
    CausalConv3d(Weights weights, int in, int out) {
        this(weights, in, out, 3);
    }

    /** Over time alone. */
    static CausalConv3d ofTime(Weights weights, int in, int out) {
        return new CausalConv3d(weights, in, out, 1);
    }

    @Override
    public Tensor forward(Tensor x, FeatureCache cache) {
        Tensor withPast = cache.last(this)
                .map(past -> torch.cat(new TensorVector(past, x), 2))
                .orElseGet(() -> torch.constant_pad_nd(x, ZEROS_BEFORE));
        cache.keep(this, withPast, PAST);
        return conv.forward(withPast);
    }
}
