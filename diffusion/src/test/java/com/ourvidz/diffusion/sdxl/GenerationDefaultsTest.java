package com.ourvidz.diffusion.sdxl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationDefaultsTest {

    @TempDir
    private Path checkpoint;

    @Test
    void aCheckpointWithoutTheFileRecommendsNothing() {
        assertThat(GenerationDefaults.read(checkpoint, "sdxl_image_fast")).isEqualTo(GenerationDefaults.NONE);
    }

    @Test
    void whatStandsAtTheTopHoldsForEveryJobType() throws IOException {
        write("{'steps': 15, 'guidance_scale': 2.5}");
        GenerationDefaults defaults = GenerationDefaults.read(checkpoint, "sdxl_image_high");
        assertThat(defaults.steps()).hasValue(15);
        assertThat(defaults.guidanceScale()).hasValue(2.5);
        assertThat(defaults.guidanceRescale()).isEmpty();
        assertThat(defaults.scheduler()).isEmpty();
    }

    @Test
    void whatStandsUnderAJobTypeWinsForItAlone() throws IOException {
        write("{'steps': 6, 'guidance_rescale': 0.7, 'sdxl_image_high': {'steps': 8, 'scheduler': 'euler'}}");
        GenerationDefaults high = GenerationDefaults.read(checkpoint, "sdxl_image_high");
        assertThat(high.steps()).hasValue(8);
        assertThat(high.guidanceRescale()).hasValue(0.7);
        assertThat(high.scheduler()).hasValue("euler");
        assertThat(GenerationDefaults.read(checkpoint, "sdxl_image_fast").steps())
                .hasValue(6);
    }

    @Test
    void aValueOfAnotherTypeIsNamed() throws IOException {
        write("{'steps': 'many'}");
        assertThatThrownBy(() -> GenerationDefaults.read(checkpoint, "sdxl_image_fast"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("steps")
                .hasMessageContaining("many");
    }

    private void write(String json) throws IOException {
        Files.writeString(checkpoint.resolve("generation_config.json"), json.replace('\'', '"'));
    }
}
