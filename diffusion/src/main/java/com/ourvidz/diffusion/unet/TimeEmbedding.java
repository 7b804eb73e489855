package com.ourvidz.diffusion.unet;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.SinusoidalEmbedding;
import com.ourvidz.diffusion.layers.TimestepEmbedding;
import com.ourvidz.diffusion.tensor.Scoped;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** What the residual blocks know beside the picture: the time, the prompt as a whole, and the sizes. */
final class TimeEmbedding {

    private final SinusoidalEmbedding timeProj;
    private final TimestepEmbedding timeEmbedding;
    private final SinusoidalEmbedding addTimeProj;
    private final TimestepEmbedding addEmbedding;
    private final ScalarType dtype;

    TimeEmbedding(UNetConfig config, Weights weights) {
        int size = config.levels().getFirst().channels();
        this.timeProj = new SinusoidalEmbedding(size, config.flipSinToCos(), config.frequencyShift());
        this.timeEmbedding = new TimestepEmbedding(weights.under("time_embedding"), size, config.timeSize());
        this.addTimeProj =
                new SinusoidalEmbedding(config.additionTimeSize(), config.flipSinToCos(), config.frequencyShift());
        this.addEmbedding =
                new TimestepEmbedding(weights.under("add_embedding"), config.additionSize(), config.timeSize());
        this.dtype = weights.dtype();
    }

    /** The embedding after the activation that every block begins with: (batch, timeSize). */
    Tensor forward(float timestep, Conditioning conditioning) {
        return Scoped.result(() -> {
            Tensor time = timeEmbedding.forward(
                    timeProj.forward(Tensor.create(timestep)).to(device(conditioning), dtype)); // (1, timeSize)
            return torch.silu(time.add(addEmbedding.forward(additions(conditioning))));
        });
    }

    private Tensor additions(Conditioning conditioning) {
        Tensor ids = conditioning.timeIds();
        Tensor sizes = addTimeProj.forward(ids.flatten()).view(ids.size(0), -1); // (batch, 6 * additionTimeSize)
        return torch.cat(
                new TensorVector(conditioning.pooled(), sizes.to(device(conditioning), dtype)),
                1); // (batch, additionSize)
    }

    /** Numbers of Java's become their sines and cosines on the CPU, and then go where the embeddings are. */
    private static Device device(Conditioning conditioning) {
        return conditioning.pooled().device();
    }
}
