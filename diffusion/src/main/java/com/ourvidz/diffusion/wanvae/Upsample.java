package com.ourvidz.diffusion.wanvae;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Conv2d;
import com.ourvidz.diffusion.tensor.Scoped;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** {@code WanResample} on the way up: twice the height and the width with half the channels, and twice the frames where it is about time too. */
final class Upsample implements CausalLayer {

    private final Optional<CausalConv3d> timeConv;
    private final Conv2d resample;

    Upsample(Weights weights, int channels, boolean doublesTime) {
        this.timeConv = doublesTime
                ? Optional.of(CausalConv3d.ofTime(weights.under("time_conv"), channels, 2 * channels))
                : Optional.empty();
        this.resample = new Conv2d(weights.under("resample.1"), channels, channels / 2, 3);
    }

    @Override
    public Tensor forward(Tensor x, FeatureCache cache) {
        return Scoped.result(() -> {
            Tensor pictures = Pictures.of(doubleTime(x, cache));
            Tensor larger = torch.upsample_nearest2d(pictures, 2 * x.size(3), 2 * x.size(4));
            return Pictures.video(resample.forward(larger));
        });
    }

    /** The first frame stays one, and the frames after it do not see it. */
    private Tensor doubleTime(Tensor x, FeatureCache cache) {
        return timeConv.filter(_ -> !cache.isFirstGroup())
                .map(conv -> interleaved(conv.forward(x, cache)))
                .orElse(x);
    }

    /** The halves of the channels as a frame each: (1, 2 * channels, frames, …) to (1, channels, 2 * frames, …). */
    private static Tensor interleaved(Tensor x) {
        long channels = x.size(1) / 2;
        return x.unflatten(1, 2, channels) // (1, 2, channels, frames, height, width)
                .permute(0, 2, 3, 1, 4, 5)
                .flatten(2, 3);
    }
}
