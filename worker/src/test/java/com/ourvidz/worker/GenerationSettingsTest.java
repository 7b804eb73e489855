package com.ourvidz.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.catalog.JobType;
import com.ourvidz.diffusion.sdxl.GenerationDefaults;
import com.ourvidz.diffusion.sdxl.Guidance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationSettingsTest {

    private static final OperatorGeneration NO_OPERATOR = OperatorGeneration.of(new Environment(Map.of()));

    @TempDir
    private Path checkpoint;

    @Test
    void theTableOfJobTypesCountsWhereNobodySaysOtherwise() {
        assertThat(chosen(NO_OPERATOR)).isEqualTo(new GenerationSettings(15, Guidance.of(6.0), Optional.empty()));
    }

    @Test
    void theCheckpointWinsOverTheTable() throws IOException {
        recommend("""
                {"steps": 8, "guidance_scale": 2.0, "guidance_rescale": 0.7, "scheduler": "EulerDiscreteScheduler",
                 "sdxl_image_fast": {"steps": 4}}""");
        assertThat(chosen(NO_OPERATOR))
                .isEqualTo(new GenerationSettings(4, new Guidance(2.0, 0.7), Optional.of("EulerDiscreteScheduler")));
    }

    @Test
    void theOperatorWinsOverBothForTheJobTypeThatHeNames() throws IOException {
        recommend("{\"steps\": 8, \"guidance_scale\": 2.0}");
        var operator = OperatorGeneration.of(
                new Environment(Map.of("OURVIDZ_STEPS_SDXL_IMAGE_FAST", "6", "OURVIDZ_GUIDANCE_SDXL_IMAGE_HIGH", "1")));
        assertThat(chosen(operator)).isEqualTo(new GenerationSettings(6, Guidance.of(2.0), Optional.empty()));
    }

    @Test
    void theOperatorsSamplerWinsOverTheCheckpointsForTheJobTypeThatHeNames() throws IOException {
        recommend("{\"scheduler\": \"EulerDiscreteScheduler\"}");
        assertThat(chosen(operator("OURVIDZ_SCHEDULER_SDXL_IMAGE_FAST")).scheduler())
                .contains("dpmpp_2m_karras");
        assertThat(chosen(operator("OURVIDZ_SCHEDULER_SDXL_IMAGE_HIGH")).scheduler())
                .contains("EulerDiscreteScheduler");
    }

    private static OperatorGeneration operator(String schedulerSetting) {
        return OperatorGeneration.of(new Environment(Map.of(schedulerSetting, "dpmpp_2m_karras")));
    }

    private void recommend(String json) throws IOException {
        Files.writeString(checkpoint.resolve("generation_config.json"), json);
    }

    private GenerationSettings chosen(OperatorGeneration operator) {
        var type = JobType.SDXL_IMAGE_FAST;
        return GenerationSettings.choose(type, operator, GenerationDefaults.read(checkpoint, type.id()));
    }
}
