package com.ourvidz.diffusion.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.checkpoint.Weights;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseTest {

    private final PointerScope scope = new PointerScope();

    @AfterEach
    void free() {
        scope.close();
    }

    private static final List<String> SHAPES = List.of("5", "15", "16", "17", "100", "1x4x16x16", "1x16x3x8x8");

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42, 1234, 0x8000_0007L, 9_007_199_254_740_985L})
    void isTorchRandnOfTheSeedAtEverySize(long seed) {
        try (Weights golden = Golden.numbers("noise.safetensors")) {
            for (String shape : SHAPES) {
                assertSame(new Noise(seed).draw(sizes(shape)), golden, "seed" + seed + "." + shape);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42, 1234, 0x8000_0007L, 9_007_199_254_740_985L})
    void goesOnWhereTheLastDrawEnded(long seed) {
        try (Weights golden = Golden.numbers("noise.safetensors")) {
            Noise noise = new Noise(seed);
            assertSame(noise.draw(3), golden, "seed" + seed + ".then_a");
            assertSame(noise.draw(1, 4, 8, 8), golden, "seed" + seed + ".then_b");
            assertSame(noise.draw(7), golden, "seed" + seed + ".then_c");
        }
    }

    private static void assertSame(Tensor actual, Weights golden, String name) {
        assertThat(actual.equal(Golden.get(golden, name))).as(name).isTrue();
    }

    private static long[] sizes(String shape) {
        return Arrays.stream(shape.split("x", -1)).mapToLong(Long::parseLong).toArray();
    }
}
