package com.ourvidz.diffusion.wanvae;

import com.ourvidz.diffusion.checkpoint.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** {@code WanCausalConv3d}: each frame and the two before it, which before the first are zeros. The shape stays but for the channels. */
final class CausalConv implements CausalLayer {

    private static final int PAST = ThreeFrameConv.FRAMES - 1;
    private static final long[] ZEROS_BEFORE = {0, 0, 0, 0, 0, 0, PAST, 0};

    private final ThreeFrameConv conv;

    private CausalConv(ThreeFrameConv conv) {
        this.conv = conv;
    }

    /** Over 3x3 pixels. */
    CausalConv(Weights weights, int in, int out) {
        this(new ThreeFrameConv(weights, in, out, 3));
    }

    /** Over time alone. */
    static CausalConv ofTime(Weights weights, int in, int out) {
        return new CausalConv(new ThreeFrameConv(weights, in, out, 1));
    }

    @Override
    public Tensor forward(Tensor x, FeatureCache cache) {
        boolean alone = cache.last(this).isEmpty() && x.size(0) == 1;
        Tensor withPast = cache.last(this)
                .map(past -> torch.cat(new TensorVector(past, x), 0))
                .orElseGet(() -> torch.constant_pad_nd(x, ZEROS_BEFORE));
        cache.keep(this, withPast, PAST);
        return alone ? conv.forwardAlone(x) : conv.forward(withPast, 1);
    }
}
