package com.ourvidz.diffusion.layers;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.tensor.Scoped;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Tensor;

/**
 * diffusers' {@code ResnetBlock2D}: two convolutions around which the input passes; (batch, in, height, width) to (batch, out, height, width).
 * In a UNet the time is added between the two.
 */
public final class ResnetBlock2D implements Layer {

    private final GroupNorm norm1;
    private final Conv2d conv1;
    private final Optional<Linear> timeEmbProj;
    private final GroupNorm norm2;
    private final Conv2d conv2;
    private final Optional<Conv2d> convShortcut;

    /** The channels and the norms of a block. {@code timeSize} is none in an autoencoder, which knows no time. */
    public record Shape(long in, long out, OptionalInt timeSize, int groups, double epsilon) {}

    public ResnetBlock2D(Weights weights, Shape shape) {
        this.norm1 = new GroupNorm(weights.under("norm1"), shape.groups, shape.in, shape.epsilon);
        this.conv1 = new Conv2d(weights.under("conv1"), shape.in, shape.out, 3);
        this.timeEmbProj = shape.timeSize.isPresent()
                ? Optional.of(new Linear(weights.under("time_emb_proj"), shape.timeSize.getAsInt(), shape.out))
                : Optional.empty();
        this.norm2 = new GroupNorm(weights.under("norm2"), shape.groups, shape.out, shape.epsilon);
        this.conv2 = new Conv2d(weights.under("conv2"), shape.out, shape.out, 3);
        this.convShortcut = shape.in == shape.out
                ? Optional.empty()
                : Optional.of(new Conv2d(weights.under("conv_shortcut"), shape.in, shape.out, 1));
    }

    /** Without time. */
    @Override
    public Tensor forward(Tensor x) {
        return forward(x, Optional.empty());
    }

    /**
     * With time.
     *
     * @param time the activated time embedding: (batch, timeSize)
     */
    public Tensor forward(Tensor x, Tensor time) {
        return forward(x, timeEmbProj.map(projection -> projection.forward(time)));
    }

    private Tensor forward(Tensor x, Optional<Tensor> time) {
        return Scoped.result(() -> {
            Tensor hidden = Scoped.result(() -> conv1.forward(norm1.forwardSilu(x)));
            time.ifPresent(t -> hidden.add_(t.unsqueeze(2).unsqueeze(3))); // (batch, out, 1, 1)
            Tensor result = Scoped.result(() -> conv2.forward(norm2.forwardSilu(hidden)));
            return result.add_(convShortcut.map(shortcut -> shortcut.forward(x)).orElse(x));
        });
    }
}
