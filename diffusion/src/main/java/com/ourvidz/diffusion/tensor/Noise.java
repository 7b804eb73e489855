package com.ourvidz.diffusion.tensor;

import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The stream of normal noise that a seed stands for: PyTorch's CPU generator, so the same numbers as {@code torch.randn} with {@code
 * manual_seed}. It is drawn on the CPU in float32 whatever the model runs on, because each GPU has noise of its own.
 *
 * <p>Belongs to the {@link org.bytedeco.javacpp.PointerScope} that it is made in. Not for several threads at once.
 */
public final class Noise {

    private final GeneratorOptional generator;

    public Noise(long seed) {
        Generator seeded = torch.make_generator_cpu(seed);
        this.generator = new GeneratorOptional(seeded);
    }

    /** The next numbers of the stream, as a float32 tensor of this shape on the CPU. */
    public Tensor draw(long... shape) {
        return torch.randn(shape, generator);
    }

    /** The next numbers of the stream, as many as {@code sample} has, where it is. */
    public Tensor like(Tensor sample) {
        return draw(sample.sizes().vec().get()).to(sample);
    }
}
