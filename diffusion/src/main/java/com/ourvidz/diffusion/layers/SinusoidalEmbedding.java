package com.ourvidz.diffusion.layers;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** diffusers' {@code Timesteps}: (count) numbers to (count, size) of their sines and cosines, in float32. */
public final class SinusoidalEmbedding {

    private static final double LONGEST_PERIOD = 10_000;

    private final Tensor frequencies; // (size / 2)
    private final boolean cosinesFirst;

    public SinusoidalEmbedding(int size, boolean cosinesFirst, double frequencyShift) {
        int half = size / 2;
        this.frequencies = torch.arange(new Scalar(half))
                .toType(torch.ScalarType.Float)
                .mul(new Scalar(-Math.log(LONGEST_PERIOD)))
                .div(new Scalar(half - frequencyShift))
                .exp();
        this.cosinesFirst = cosinesFirst;
    }

    public Tensor forward(Tensor numbers) {
        Tensor angles = numbers.unsqueeze(1).mul(frequencies); // (count, size / 2)
        return cosinesFirst ? join(angles.cos(), angles.sin()) : join(angles.sin(), angles.cos());
    }

    private static Tensor join(Tensor first, Tensor second) {
        return torch.cat(new TensorVector(first, second), 1);
    }
}
