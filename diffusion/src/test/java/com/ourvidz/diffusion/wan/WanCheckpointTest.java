package com.ourvidz.diffusion.wan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.Tampered;
import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.sdxl.NotFiniteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WanCheckpointTest {

    @TempDir
    private Path folder;

    @Test
    void tellsItsCheckpointsFromOthers() {
        assertThat(WanPipeline.isFor(Golden.path("tiny-wan"))).isTrue();
        assertThat(WanPipeline.isFor(Golden.path("tiny-wan-vace"))).isTrue();
        assertThat(WanPipeline.isFor(Golden.path("tiny-sdxl"))).isFalse();
        assertThat(WanPipeline.isFor(Golden.path("tiny-sdxl-single-file.safetensors")))
                .isFalse();
        assertThat(WanPipeline.isFor(folder)).isFalse();
    }

    @Test
    void anotherModelIsRefusedByItsName() {
        assertRefused(Golden.path("tiny-sdxl"), "StableDiffusionXLPipeline");
    }

    @ParameterizedTest
    @CsvSource({"boundary_ratio, 0.875", "expand_timesteps, true"})
    void wan22IsRefused(String setting, String value) {
        Tampered checkpoint = Tampered.copy("tiny-wan", folder).setting("model_index.json", setting, value);
        assertRefused(checkpoint.folder(), "WAN 2.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokenizer/tokenizer.json", "transformer/config.json", "scheduler/scheduler_config.json"})
    void aMissingFileIsNamed(String file) throws IOException {
        Tampered.copy("tiny-wan", folder);
        Files.delete(folder.resolve(file));
        assertRefused(folder, file);
    }

    @Test
    void partsOfDifferentCheckpointsAreRefused() {
        Tampered checkpoint = Tampered.copy("tiny-wan", folder).setting("transformer/config.json", "text_dim", "31");
        assertRefused(checkpoint.folder(), "condition_embedder.text_embedder.linear_1.weight");
    }

    @Test
    void weightsThatAreNoNumbersGiveNoFrames() {
        Tampered checkpoint = Tampered.copy("tiny-wan", folder)
                .nan("transformer/diffusion_pytorch_model.safetensors", "blocks.1.ffn.net.2.weight");
        TextToVideo request = new TextToVideo("a fox in snow", "", 48, 32, 1, 1, 1, Optional.empty(), 7);
        try (WanPipeline pipeline =
                WanPipeline.load(checkpoint.folder(), Options.defaults().withThreads(1))) {
            assertThatThrownBy(() -> pipeline.generate(
                            request,
                            (stage, step, total) -> true,
                            (index, frame) -> assertThat(frame).isNull()))
                    .isInstanceOf(NotFiniteException.class)
                    .hasMessageContaining("latents");
        }
    }

    private static void assertRefused(Path checkpoint, String why) {
        assertThatThrownBy(() -> WanPipeline.load(checkpoint, Options.defaults()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(why);
    }
}
