package com.ourvidz.diffusion.sdxl;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * Classifier-free guidance (Ho and Salimans 2022).
 *
 * @param scale how far to go from what the negative prompt gives past what the prompt gives; 1 or less for the prompt alone
 * @param rescale how much of the contrast that guidance adds to take away again, 0 to 1: section 3.4 of Lin et al. 2024
 */
public record Guidance(double scale, double rescale) {

    private static final long[] PICTURE = {1, 2, 3};

    public Guidance {
        if (!Double.isFinite(scale) || !(rescale >= 0 && rescale <= 1)) {
            throw new IllegalArgumentException(
                    "Guidance must be a number, its rescale 0 to 1; not " + scale + ", " + rescale);
        }
    }

    public static Guidance of(double scale) {
        return new Guidance(scale, 0);
    }

    /** Whether the negative prompt plays a part. Without, a step takes half the time. */
    public boolean isOn() {
        return scale > 1;
    }

    /**
     * One prediction from two.
     *
     * @param predictions for the negative prompt and for the prompt: (2, channels, height, width)
     * @return (1, channels, height, width)
     */
    Tensor combine(Tensor predictions) {
        TensorVector halves = predictions.chunk(2, 0);
        Tensor negative = halves.get(0);
        Tensor positive = halves.get(1);
        Tensor guided = positive.sub(negative).mul(new Scalar(scale)).add(negative);
        return rescale > 0 ? rescaled(guided, positive) : guided;
    }

    private Tensor rescaled(Tensor guided, Tensor positive) {
        Tensor ratio = positive.std(PICTURE, true, true).div(guided.std(PICTURE, true, true));
        Tensor plain = guided.mul(ratio);
        return plain.mul(new Scalar(rescale)).add(guided.mul(new Scalar(1 - rescale)));
    }
}
