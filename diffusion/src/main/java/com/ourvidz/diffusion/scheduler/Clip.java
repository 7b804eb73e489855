package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.checkpoint.Config;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Bounds for the clean sample that is predicted: a habit of models of pixels, which latents seldom keep.
 *
 * @param range the largest magnitude; infinite for none
 */
record Clip(double range) {

    static Clip of(Config config, boolean otherwise) {
        boolean on = config.flag("clip_sample", otherwise);
        return new Clip(on ? range(config) : Double.POSITIVE_INFINITY);
    }

    private static double range(Config config) {
        double range = config.number("clip_sample_range", 1);
        if (!(range >= 0 && range <= Float.MAX_VALUE)) {
            throw config.invalid("clip_sample_range", "is " + range + ", which is no range");
        }
        return range;
    }

    Tensor apply(Tensor clean) {
        return Double.isInfinite(range) ? clean : clean.clamp(bound(-range), bound(range));
    }

    private static ScalarOptional bound(double value) {
        return new ScalarOptional(new Scalar(value));
    }
}
