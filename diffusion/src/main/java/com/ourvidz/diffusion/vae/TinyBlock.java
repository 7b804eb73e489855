package com.ourvidz.diffusion.vae;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Activation;
import com.ourvidz.diffusion.layers.Conv2d;
import com.ourvidz.diffusion.layers.Layer;
import com.ourvidz.diffusion.layers.Sequential;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** {@code AutoencoderTinyBlock}: three convolutions with a way around; (batch, channels, height, width) to the same. */
final class TinyBlock implements Layer {

    private final Sequential conv;

    TinyBlock(Weights weights, int channels, Activation activation) {
        Conv2d conv0 = new Conv2d(weights.under("conv.0"), channels, channels, 3);
        Conv2d conv2 = new Conv2d(weights.under("conv.2"), channels, channels, 3);
        Conv2d conv4 = new Conv2d(weights.under("conv.4"), channels, channels, 3);
        this.conv = new Sequential(List.of(
                x -> activation.overwrite(conv0.forward(x)), x -> activation.overwrite(conv2.forward(x)), conv4));
    }

    @Override
    public Tensor forward(Tensor x) {
        return Activation.RELU.overwrite(conv.forward(x).add_(x));
    }
}
