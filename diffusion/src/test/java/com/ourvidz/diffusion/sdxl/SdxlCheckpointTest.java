package com.ourvidz.diffusion.sdxl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.Tampered;
import com.ourvidz.diffusion.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is loaded, and what is refused and how. */
class SdxlCheckpointTest {

    private static final Options OPTIONS = Options.defaults().withThreads(1);

    @TempDir
    private Path folder;

    @Test
    void aCheckpointOfAnotherModelIsRefusedByItsName() {
        Path checkpoint = Tampered.copy("tiny-sdxl", folder)
                .setting("model_index.json", "_class_name", "\"WanPipeline\"")
                .folder();
        assertRefused(checkpoint, "WanPipeline", "StableDiffusionXLPipeline");
    }

    @Test
    void aRefinerIsRefused() {
        Path checkpoint = Tampered.copy("tiny-sdxl", folder)
                .setting("model_index.json", "text_encoder", "[null, null]")
                .folder();
        assertRefused(checkpoint, "text_encoder", "refiner");
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        assertRefused(folder.resolve("nowhere"), "nowhere", "does not exist");
    }

    @Test
    void anotherStableDiffusionIsRefusedByItsNumber() {
        Path checkpoint = Tampered.copy("tiny-sdxl", folder)
                .setting("model_index.json", "_class_name", "\"StableDiffusionPipeline\"")
                .folder();
        assertRefused(checkpoint, "Stable Diffusion 1 or 2", "Choose a folder");
    }

    @Test
    void anInpaintingUnetIsRefusedBeforeWeightsAreRead() {
        Path checkpoint = Tampered.copy("tiny-sdxl", folder)
                .setting("unet/config.json", "in_channels", "9")
                .folder();
        assertRefused(checkpoint, "in_channels", "inpainting", "Choose a base model");
    }

    @Test
    void line76AMissingConfigIsNamed() throws IOException {
        Tampered.copy("tiny-sdxl", folder);
        Files.delete(folder.resolve("unet/config.json"));
        assertRefused(folder, "unet", "config.json");
    }

    @Test
    void line76AMissingTensorIsNamed() {
        Path checkpoint = Tampered.copy("tiny-sdxl", folder)
                .header("text_encoder_2/model.safetensors", header -> header.replace("text_projection.weight", "other"))
                .folder();
        assertRefused(checkpoint, "text_encoder_2", "text_projection.weight");
    }

    @Test
    void line76AMisshapenTensorIsNamed() {
        Path checkpoint = Tampered.copy("tiny-sdxl", folder)
                .setting("vae/config.json", "latent_channels", "8")
                .folder();
        assertRefused(checkpoint, "vae", "encoder.conv_out.bias", "[8]", "[16]");
    }

    @Test
    void aSecondEncoderWithoutProjectionIsRefused() {
        Path checkpoint = Tampered.copy("tiny-sdxl", folder)
                .setting("text_encoder_2/config.json", "architectures", "[\"CLIPTextModel\"]")
                .folder();
        assertRefused(checkpoint, "pooled", "text_encoder_2");
    }

    @Test
    void anAutoencoderThatIsNotSupportedIsRefusedByName() {
        Path checkpoint = Tampered.copy("tiny-sdxl", folder)
                .setting("vae/config.json", "_class_name", "\"AutoencoderDC\"")
                .folder();
        assertRefused(checkpoint, "_class_name", "AutoencoderDC");
    }

    @Test
    void encodersSavedWithoutTheirPrefixAreReadAsThoseWithIt() {
        Path checkpoint = Tampered.copy("tiny-sdxl", folder)
                .header("text_encoder/model.safetensors", header -> header.replace("\"text_model.", "\""))
                .folder();
        assertThat(picture(checkpoint, "")).isEqualTo(picture(Golden.path("tiny-sdxl"), ""));
    }

    @Test
    void projectionsStoredAsConvolutionsComputeWhatLinearOnesDo() {
        Path checkpoint = Tampered.copy("tiny-sdxl", folder)
                .setting("unet/config.json", "use_linear_projection", "false")
                .header(
                        "unet/diffusion_pytorch_model.safetensors",
                        header -> header.replaceAll(
                                "(proj_(in|out)\\.weight\":\\{\"dtype\":\"F16\",\"shape\":\\[64,64)\\]", "$1,1,1]"))
                .folder();
        assertThat(picture(checkpoint, "")).isEqualTo(picture(Golden.path("tiny-sdxl"), ""));
    }

    @Test
    void anEmptyNegativePromptIsEncodedWhereZerosAreNotAskedFor() {
        Path checkpoint = Tampered.copy("tiny-sdxl", folder)
                .setting("model_index.json", "force_zeros_for_empty_prompt", "false")
                .folder();
        assertThat(picture(checkpoint, "")).isNotEqualTo(picture(Golden.path("tiny-sdxl"), ""));
        assertThat(picture(checkpoint, "blurry")).isEqualTo(picture(Golden.path("tiny-sdxl"), "blurry"));
    }

    private static byte[] picture(Path checkpoint, String negative) {
        TextToImage request =
                new TextToImage("a fox in snow", negative, 64, 64, 2, Guidance.of(4), Optional.empty(), List.of(7L));
        try (SdxlPipeline pipeline = SdxlPipeline.load(checkpoint, OPTIONS)) {
            return pipeline.generate(request, (stage, step, total) -> true)
                    .pictures()
                    .getFirst()
                    .rgb();
        }
    }

    private static void assertRefused(Path checkpoint, String... words) {
        assertThatThrownBy(() -> SdxlPipeline.load(checkpoint, OPTIONS).close())
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(words);
    }
}
