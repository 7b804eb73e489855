package com.ourvidz.diffusion.vae;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Activation;
import com.ourvidz.diffusion.layers.Conv2d;
import com.ourvidz.diffusion.layers.Layer;
import com.ourvidz.diffusion.layers.Sequential;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** {@code AutoencoderTinyBlock}: three convolutions with a way around; (batch, channels, height, width) to the same. */
final class TinyBlock implements Layer {

    private final Sequential conv;

    TinyBlock(Weights weights, int channels, Activation activation) {
        this.conv = new Sequential(List.of(
                new Conv2d(weights.under("conv.0"), channels, channels, 3),
                activation,
                new Conv2d(weights.under("conv.2"), channels, channels, 3),
                activation,
                new Conv2d(weights.under("conv.4"), channels, channels, 3)));
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor sum = conv.forward(x).add_(x);
        torch.relu_(sum);
        return sum;
    }
}
