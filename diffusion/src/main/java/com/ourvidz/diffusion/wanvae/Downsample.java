package com.ourvidz.diffusion.wanvae;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Conv2d;
import com.ourvidz.diffusion.tensor.Scoped;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** {@code WanResample} on the way down: half the height and the width, and half the frames where it is about time too; the first stays alone. */
final class Downsample implements CausalLayer {

    private static final long[] RIGHT_AND_BELOW = {0, 1, 0, 1};

    private final Conv2d resample;
    private final Optional<ThreeFrameConv> timeConv;

    Downsample(Weights weights, int channels, boolean halvesTime) {
        this.resample = new Conv2d(weights.under("resample.1"), channels, channels, 3, 2, 0);
        this.timeConv = halvesTime
                ? Optional.of(new ThreeFrameConv(weights.under("time_conv"), channels, channels, 1))
                : Optional.empty();
    }

    @Override
    public Tensor forward(Tensor x, FeatureCache cache) {
        return Scoped.result(() -> {
            Tensor smaller = resample.forward(torch.constant_pad_nd(x, RIGHT_AND_BELOW));
            return timeConv.map(conv -> halveTime(smaller, conv, cache)).orElse(smaller);
        });
    }

    private Tensor halveTime(Tensor x, ThreeFrameConv conv, FeatureCache cache) {
        Tensor result = cache.last(this)
                .map(last -> conv.forward(torch.cat(new TensorVector(last, x), 0), 2))
                .orElse(x);
        cache.keep(this, x, 1);
        return result;
    }
}
