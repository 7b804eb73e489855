package com.ourvidz.diffusion.vae;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AutoencoderKLTest {

    private final PointerScope scope = new PointerScope();
    private final Weights golden = Golden.numbers("tiny-sdxl-golden.safetensors");

    @AfterEach
    void free() {
        golden.close();
        scope.close();
    }

    @Test
    void encodesAsDiffusersDoes() {
        Posterior.Gaussian posterior = model().encode(Golden.get(golden, "vae.image"));
        Golden.assertClose(posterior.mean(), golden, "vae.mean");
        Golden.assertClose(posterior.logvar(), golden, "vae.logvar");
    }

    @Test
    void decodesAsDiffusersDoes() {
        Tensor image = model().decode(Golden.get(golden, "vae.mean"));
        Golden.assertClose(image, golden, "vae.decode");
    }

    @Test
    void aLatentStandsForTheSquareThatTheConfigurationSays() {
        assertThat(model().stride()).isEqualTo(8);
        assertThat(model().latentChannels()).isEqualTo(4);
    }

    private static AutoencoderKL model() {
        Path folder = Golden.path("tiny-sdxl/vae");
        try (Weights weights = Weights.open(folder, ScalarType.Float)) {
            return new AutoencoderKL(Config.read(folder.resolve("config.json")), weights);
        }
    }
}
