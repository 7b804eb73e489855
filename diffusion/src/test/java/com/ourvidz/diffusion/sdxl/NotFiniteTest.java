package com.ourvidz.diffusion.sdxl;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.diffusion.Tampered;
import com.ourvidz.diffusion.tensor.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotFiniteTest {

    private static final TextToImage REQUEST =
            new TextToImage("a fox in snow", "", 64, 64, 1, Guidance.of(1), Optional.empty(), List.of(7L));

    @TempDir
    private Path folder;

    @Test
    void line77NanInTheUnetIsAnErrorAndNeverABlackPicture() {
        assertFails(nan("unet", "conv_out.bias"), Precision.FLOAT32, "latents", "weights");
    }

    @Test
    void line77NanInALowerPrecisionHintsAtFloat32() {
        assertFails(nan("unet", "conv_out.bias"), Precision.BFLOAT16, "latents", "Use the precision float32");
    }

    @Test
    void line77NanInTheAutoencoderIsAnErrorAndNeverABlackPicture() {
        assertFails(nan("vae", "decoder.conv_out.bias"), Precision.FLOAT32, "picture", "weights");
    }

    private Path nan(String component, String tensor) {
        return Tampered.copy("tiny-sdxl", folder)
                .nan(component + "/diffusion_pytorch_model.safetensors", tensor)
                .folder();
    }

    private static void assertFails(Path checkpoint, Precision precision, String where, String hint) {
        Options options = Options.defaults().withThreads(1).withPrecision(precision);
        try (SdxlPipeline pipeline = SdxlPipeline.load(checkpoint, options)) {
            assertThatThrownBy(() -> pipeline.generate(REQUEST, (stage, step, total) -> true))
                    .isInstanceOf(NotFiniteException.class)
                    .hasMessageContaining(where)
                    .hasMessageContaining(hint);
        }
    }
}
