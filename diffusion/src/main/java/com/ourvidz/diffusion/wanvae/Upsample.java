package com.ourvidz.diffusion.wanvae;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Conv2d;
import com.ourvidz.diffusion.tensor.Scoped;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** {@code WanResample} on the way up: twice the height and the width with half the channels, and twice the frames where it is about time too. */
final class Upsample implements CausalLayer {

    private final Optional<CausalConv> timeConv;
    private final Conv2d resample;

    Upsample(Weights weights, int channels, boolean doublesTime) {
        this.timeConv = doublesTime
                ? Optional.of(CausalConv.ofTime(weights.under("time_conv"), channels, 2 * channels))
                : Optional.empty();
        this.resample = new Conv2d(weights.under("resample.1"), channels, channels / 2, 3);
    }

    @Override
    public Tensor forward(Tensor x, FeatureCache cache) {
        return Scoped.result(() -> {
            Tensor frames = doubleTime(x, cache);
            return resample.forward(torch.upsample_nearest2d(frames, 2 * x.size(2), 2 * x.size(3)));
        });
    }

    /** Each frame's twice the channels are two frames. The first frame of all stays one, and those after it do not see it. */
    private Tensor doubleTime(Tensor x, FeatureCache cache) {
        return timeConv.filter(_ -> !cache.isFirstGroup())
                .map(conv -> conv.forward(x, cache).view(2 * x.size(0), x.size(1), x.size(2), x.size(3)))
                .orElse(x);
    }
}
