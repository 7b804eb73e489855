package com.ourvidz.diffusion.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EulerSchedulerTest {

    @TempDir
    Path folder;

    @Test
    void anotherSchedulerIsRefusedByName() {
        assertThatThrownBy(() -> Scheduler.of(config("{'_class_name': 'DDPMWuerstchenScheduler'}")))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("DDPMWuerstchenScheduler");
    }

    @Test
    void takesAsManyStepsAsAskedFor() {
        for (String spacing : List.of("leading", "trailing", "linspace")) {
            Scheduler scheduler = new EulerScheduler(config("{'timestep_spacing': '" + spacing + "'}"));
            for (int steps : List.of(1, 2, 61, 1000)) {
                assertThat(scheduler.plan(steps).timesteps()).as(spacing).hasSize(steps);
            }
        }
    }

    @Test
    void trainedBetasStandForTheSchedule() {
        EulerSampling sampling =
                (EulerSampling) new EulerScheduler(config("{'trained_betas': [0.5, 0.5, 0.5]}")).plan(3);
        assertThat(sampling.timesteps()).containsExactly(2f, 1f, 0f);
        assertThat(sampling.course().sigmas().get(2)).isEqualTo(1f); // half of the variance is noise
    }

    @Test
    void theCosineScheduleEndsInAlmostNothingButNoise() {
        EulerSampling sampling =
                (EulerSampling) new EulerScheduler(config("{'beta_schedule': 'squaredcos_cap_v2'}")).plan(10);
        assertThat(sampling.course().sigmas().getFirst()).isGreaterThan(1000f);
        assertThat(sampling.course().sigmas().get(9)).isLessThan(0.01f);
    }

    private Config config(String json) {
        return Settings.written(folder, json);
    }
}
