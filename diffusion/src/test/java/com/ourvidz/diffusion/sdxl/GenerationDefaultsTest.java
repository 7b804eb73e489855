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
    void a_checkpoint_without_the_file_recommends_nothing() {
        assertThat(GenerationDefaults.read(checkpoint, "sdxl_image_fast")).isEqualTo(GenerationDefaults.NONE);
    }

    @Test
    void what_stands_at_the_top_holds_for_every_job_type() throws IOException {
        write("{'steps': 15, 'guidance_scale': 2.5}");
        GenerationDefaults defaults = GenerationDefaults.read(checkpoint, "sdxl_image_high");
        assertThat(defaults.steps()).hasValue(15);
        assertThat(defaults.guidanceScale()).hasValue(2.5);
        assertThat(defaults.guidanceRescale()).isEmpty();
        assertThat(defaults.scheduler()).isEmpty();
    }

    @Test
    void what_stands_under_a_job_type_wins_for_it_alone() throws IOException {
        write("{'steps': 6, 'guidance_rescale': 0.7, 'sdxl_image_high': {'steps': 8, 'scheduler': 'euler'}}");
        GenerationDefaults high = GenerationDefaults.read(checkpoint, "sdxl_image_high");
        assertThat(high.steps()).hasValue(8);
        assertThat(high.guidanceRescale()).hasValue(0.7);
        assertThat(high.scheduler()).hasValue("euler");
        assertThat(GenerationDefaults.read(checkpoint, "sdxl_image_fast").steps())
                .hasValue(6);
    }

    @Test
    void a_value_of_another_type_is_named() throws IOException {
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
