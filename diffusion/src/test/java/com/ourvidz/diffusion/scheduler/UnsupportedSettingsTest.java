package com.ourvidz.diffusion.scheduler;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnsupportedSettingsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "EulerDiscreteScheduler          | timestep_spacing         | 'random'",
                "EulerDiscreteScheduler          | prediction_type          | 'flow_prediction'",
                "EulerDiscreteScheduler          | beta_schedule            | 'sigmoid'",
                "EulerDiscreteScheduler          | interpolation_type       | 'log_linear'",
                "EulerDiscreteScheduler          | timestep_type            | 'continuous'",
                "EulerDiscreteScheduler          | final_sigmas_type        | 'last'",
                "EulerDiscreteScheduler          | use_beta_sigmas          | true",
                "EulerAncestralDiscreteScheduler | prediction_type          | 'sample'",
                "DPMSolverMultistepScheduler     | algorithm_type           | 'dpmsolver'",
                "DPMSolverMultistepScheduler     | solver_order             | 3",
                "DPMSolverMultistepScheduler     | solver_type              | 'rk4'",
                "DPMSolverMultistepScheduler     | thresholding             | true",
                "DPMSolverMultistepScheduler     | use_lu_lambdas           | true",
                "DPMSolverMultistepScheduler     | use_flow_sigmas          | true",
                "DPMSolverMultistepScheduler     | lambda_min_clipped       | -5.1",
                "DPMSolverMultistepScheduler     | variance_type            | 'learned_range'",
                "UniPCMultistepScheduler         | solver_order             | 0",
                "UniPCMultistepScheduler         | solver_type              | 'rk4'",
                "UniPCMultistepScheduler         | predict_x0               | false",
                "UniPCMultistepScheduler         | lower_order_final        | false",
                "UniPCMultistepScheduler         | thresholding             | true",
                "UniPCMultistepScheduler         | use_dynamic_shifting     | true",
                "UniPCMultistepScheduler         | prediction_type          | 'flow_prediction'",
                "DDIMScheduler                   | thresholding             | true",
                "DDIMScheduler                   | prediction_type          | 'flow_prediction'",
                "LCMScheduler                    | thresholding             | true",
                "LCMScheduler                    | original_inference_steps | 1001",
                "FlowMatchEulerDiscreteScheduler | use_dynamic_shifting     | true",
                "FlowMatchEulerDiscreteScheduler | invert_sigmas            | true",
                "FlowMatchEulerDiscreteScheduler | stochastic_sampling      | true",
            })
    void areRefusedByNameAndValue(String scheduler, String setting, String value) {
        String json = "{'_class_name': '%s', '%s': %s}".formatted(scheduler, setting, value);
        assertThatThrownBy(() -> Scheduler.of(settings(json)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("'" + setting + "'")
                .hasMessageContaining(value.replace("'", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shift_terminal", "solver_p"})
    void whatIsOnlyRefusedWhenSetIsRefusedByName(String setting) {
        String json = "{'_class_name': 'UniPCMultistepScheduler', '%s': 0.1}".formatted(setting);
        assertThatThrownBy(() -> Scheduler.of(settings(json)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(setting);
    }

    @Test
    void twoSpacingsAtOnceAreRefused() {
        String both = "{'_class_name': 'UniPCMultistepScheduler', 'use_flow_sigmas': true, 'use_karras_sigmas': true}";
        assertThatThrownBy(() -> Scheduler.of(settings(both))).hasMessageContaining("use_flow_sigmas");
        String exponential = "{'use_exponential_sigmas': true}";
        assertThatThrownBy(() -> Scheduler.named("unipc_karras", settings(exponential)))
                .hasMessageContaining("use_karras_sigmas")
                .hasMessageContaining("use_exponential_sigmas");
    }

    /** A checkpoint's settings are written for one scheduler: another must not mind what it does not know. */
    @Test
    void thoseOfAnotherSchedulerArePassedOver() {
        String settings = "{'_class_name': 'DPMSolverMultistepScheduler', 'use_lu_lambdas': true, 'thresholding': true,"
                + " 'algorithm_type': 'dpmsolver', 'invert_sigmas': true}";
        assertThatCode(() -> Scheduler.named("euler", settings(settings))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "EulerDiscreteScheduler, 1000",
        "DPMSolverMultistepScheduler, 999",
        "UniPCMultistepScheduler, 999",
        "DDIMScheduler, 1000",
        "LCMScheduler, 50",
        "FlowMatchEulerDiscreteScheduler, 1000"
    })
    void moreStepsThanThereAreToVisitAreRefused(String name, int most) {
        Scheduler scheduler = Scheduler.of(settings("{'_class_name': '" + name + "'}"));
        scheduler.plan(most).close();
        for (int steps : new int[] {0, -1, most + 1}) {
            assertThatThrownBy(() -> scheduler.plan(steps))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 to " + most);
        }
    }

    private Config settings(String json) {
        return Settings.written(folder, json);
    }
}
