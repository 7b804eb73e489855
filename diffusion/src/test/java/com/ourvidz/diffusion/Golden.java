package com.ourvidz.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.diffusion.checkpoint.Weights;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The numbers that diffusers computed, and the tiny checkpoints that it computed them with. */
public final class Golden {

    /** The largest difference that float32 may have. */
    public static final double TOLERANCE = 1e-4;

    private Golden() {}

    /** A file or folder of {@code src/test/resources/reference}. */
    public static Path path(String name) {
        try {
            return Path.of(Objects.requireNonNull(Golden.class.getResource("/reference"), "reference")
                            .toURI())
                    .resolve(name);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Weights numbers(String file) {
        return numbers(file, ScalarType.Float);
    }

    public static Weights numbers(String file, ScalarType dtype) {
        return Weights.open(path(file), dtype);
    }

    /** A golden tensor in the shape that it is stored in. */
    public static Tensor get(Weights numbers, String name) {
        return numbers.get(
                name, numbers.shape(name).stream().mapToLong(Long::longValue).toArray());
    }

    public static void assertClose(Tensor actual, Weights numbers, String name) {
        assertClose(actual, get(numbers, name), name);
    }

    public static void assertClose(Tensor actual, Tensor expected, String name) {
        assertThat(actual.sizes().vec().get())
                .as(name)
                .isEqualTo(expected.sizes().vec().get());
        float difference = actual.sub(expected).abs().max().item_float();
        assertThat((double) difference).as("largest difference in " + name).isLessThanOrEqualTo(TOLERANCE);
    }
}
