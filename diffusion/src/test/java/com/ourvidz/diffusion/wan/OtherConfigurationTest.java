package com.ourvidz.diffusion.wan;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/**
 * Nothing of the published sizes is taken for granted: three heads of 20, patches of 4x4, no norm before cross-attention, an autoencoder of
 * five levels and 8 channels whose decoder is wider, an odd text encoder, weights in shards, Euler for flows.
 */
class OtherConfigurationTest {

    private static final int FRAME_BYTES = 128 * 192 * 3;

    /** The golden frames are stored in float16. */
    private static final double HALF_STEP = 255 * 0x1p-12;

    @Test
    void isWhatDiffusersMakesOfIt() {
        TextToVideo request = new TextToVideo(
                        "fox in the snow", "blurry, static", 192, 128, 9, 3, 4, Optional.empty(), 3)
                .withMaxTokens(40);
        List<float[]> latents = new ArrayList<>();
        List<RgbImage> frames = new ArrayList<>();
        Tracker tracker = new Tracker(request, (stage, step, total) -> true) {
            @Override
            void denoised(Tensor step) {
                latents.add(floats(step));
            }
        };
        try (WanPipeline pipeline =
                WanPipeline.load(Golden.path("other-wan"), Options.defaults().withThreads(2))) {
            assertThat(pipeline.widthMultiple()).isEqualTo(64);
            pipeline.generate(request, tracker, frames::add);
        }
        try (PointerScope _ = new PointerScope();
                Weights golden = Golden.numbers("other-wan-golden.safetensors")) {
            assertLatents(latents.getFirst(), golden, "latents_step0");
            assertLatents(latents.getLast(), golden, "latents_final");
            assertFrame(frames.getFirst(), golden, "frame0");
            assertFrame(frames.get(8), golden, "frame8");
            assertThat(frames).hasSize(9);
        }
    }

    private static void assertLatents(float[] actual, Weights golden, String name) {
        Tensor expected = Golden.get(golden, name);
        Golden.assertClose(Tensor.create(actual, expected.sizes().vec().get()), expected, name);
    }

    private static void assertFrame(RgbImage frame, Weights golden, String name) {
        float[] levels = floats(Golden.get(golden, name));
        assertThat(frame.rgb()).hasSize(FRAME_BYTES).hasSameSizeAs(levels);
        double largest = IntStream.range(0, levels.length)
                .mapToDouble(i -> Math.abs((frame.rgb()[i] & 0xff) - 255.0 * levels[i]))
                .max()
                .orElseThrow();
        assertThat(largest).as(name + ", in levels").isLessThan(0.5 + 255 * Golden.TOLERANCE + HALF_STEP);
    }

    private static float[] floats(Tensor x) {
        float[] values = new float[Math.toIntExact(x.numel())];
        x.contiguous().data_ptr_float().get(values);
        return values;
    }
}
