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
    void campaign_77_nan_in_the_unet_is_an_error_and_never_a_black_picture() {
        Path checkpoint = Tampered.copy("tiny-sdxl", folder)
                .nan("unet/diffusion_pytorch_model.safetensors", "conv_out.bias")
                .folder();
        assertFails(checkpoint, Precision.FLOAT32, "latents", "weights");
    }

    @Test
    void campaign_77_nan_in_a_lower_precision_hints_at_float32() {
        Path checkpoint = Tampered.copy("tiny-sdxl", folder)
                .nan("unet/diffusion_pytorch_model.safetensors", "conv_out.bias")
                .folder();
        assertFails(checkpoint, Precision.BFLOAT16, "latents", "Use the precision float32");
    }

    @Test
    void campaign_77_nan_in_the_autoencoder_is_an_error_and_never_a_black_picture() {
        Path checkpoint = Tampered.copy("tiny-sdxl", folder)
                .nan("vae/diffusion_pytorch_model.safetensors", "decoder.conv_out.bias")
                .folder();
        assertFails(checkpoint, Precision.FLOAT32, "picture", "weights");
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
