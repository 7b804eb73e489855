package com.ourvidz.diffusion.sdxl;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.Tampered;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Conv2d;
import com.ourvidz.diffusion.tensor.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint stored in float16 whose autoencoder cannot compute in it, as SDXL was published. */
class OverflowingVaeTest {

    private static final float LARGEST_IN_FLOAT16 = 65_504;
    private static final String VAE = "vae/diffusion_pytorch_model.fp16.safetensors";

    @TempDir
    Path folder;

    @AutoClose
    PointerScope scope = new PointerScope();

    @AutoClose
    Weights golden = Golden.numbers("own-a-overflowing-golden.safetensors");

    @BeforeEach
    void copy() throws IOException {
        Files.copy(
                Golden.path("own-a-overflowing-vae.fp16.safetensors"),
                Tampered.copy("own-a", folder).folder().resolve(VAE),
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void float16WouldOverflow() {
        try (Weights weights = Weights.open(folder.resolve("vae"), ScalarType.Float)) {
            Conv2d convIn = new Conv2d(weights.under("decoder.conv_in"), 6, 16, 3);
            Tensor latents = Golden.get(golden, "latents").div(new Scalar(0.7));
            assertThat(convIn.forward(latents).abs().max().item_float()).isGreaterThan(2 * LARGEST_IN_FLOAT16);
        }
    }

    @Test
    void givesThePictureOfFloat32() {
        GoldenPicture.assertClose(draw(Precision.FLOAT32), golden, "image", 0);
    }

    @Test
    void givesAPictureWhenTheRestIsInBfloat16() {
        byte[] exact = draw(Precision.FLOAT32).rgb();
        byte[] rounded = draw(Precision.BFLOAT16).rgb();
        double mean = IntStream.range(0, exact.length)
                .mapToDouble(i -> Math.abs((exact[i] & 0xff) - (rounded[i] & 0xff)))
                .average()
                .orElseThrow();
        assertThat(mean).as("mean difference in levels").isBetween(0.001, 2.0);
    }

    private Pictures.Picture draw(Precision precision) {
        TextToImage request = new TextToImage(
                "a red lighthouse by the sea at sunset",
                "blurry, low quality",
                72,
                40,
                3,
                Guidance.of(5),
                Optional.empty(),
                List.of(41L));
        Options options = Options.defaults().withThreads(1).withPrecision(precision);
        try (SdxlPipeline pipeline = SdxlPipeline.load(folder, options)) {
            return pipeline.generate(request, (stage, step, total) -> true)
                    .pictures()
                    .getFirst();
        }
    }
}
