package com.ourvidz.diffusion.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.tensor.Noise;
import com.ourvidz.diffusion.tensor.Scoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EulerSchedulerTest {

    private final PointerScope scope = new PointerScope();

    @AfterEach
    void free() {
        scope.close();
    }

    private static final long[] SHAPE = {4, 3, 8, 8};

    @TempDir
    Path folder;

    static Stream<String> cases() {
        Config cases = Config.read(Golden.path("schedulers.json")).section("cases");
        return cases.names().stream()
                .filter(name -> cases.section(name).text("cls").equals("EulerDiscreteScheduler"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void steps_as_diffusers_does(String name) {
        Config golden =
                Config.read(Golden.path("schedulers.json")).section("cases").section(name);
        int steps = golden.integer("steps");
        EulerSampling sampling = (EulerSampling) new EulerScheduler(golden.section("config")).plan(steps);
        try (Weights numbers = Golden.numbers("schedulers.safetensors")) {
            Golden.assertClose(tensor(sampling.timesteps()), numbers, name + ".timesteps");
            Golden.assertClose(tensor(sampling.sigmas()), numbers, name + ".sigmas");
            Tensor start = torch.arange(new Scalar(768)).div(new Scalar(768.0)).view(SHAPE);
            Tensor noisy = sampling.addNoise(start, new Noise(5).draw(SHAPE), steps / 2);
            Golden.assertClose(noisy, numbers, name + ".add_noise_mid");
            Tensor sample = start.mul(new Scalar(sampling.initialNoiseSigma()));
            for (int i = 0; i < steps; i++) {
                sample = step(sampling, i, sample);
                if (numbers.has(name + ".step" + i)) {
                    Golden.assertClose(sample, numbers, name + ".step" + i);
                }
            }
            Golden.assertClose(sample, numbers, name + ".final");
        }
    }

    /** With the model that the golden numbers were made with: {@code x * t / (t + 1)} of the scaled input. */
    private static Tensor step(Sampling sampling, int index, Tensor sample) {
        float t = sampling.timesteps().get(index);
        return Scoped.result(() -> {
            Tensor output =
                    sampling.scaleModelInput(sample, index).mul(new Scalar(t)).div(new Scalar(t + 1));
            return sampling.step(output, index, sample, new Noise(0));
        });
    }

    @Test
    void another_scheduler_is_refused_by_name() throws IOException {
        assertThatThrownBy(() -> Scheduler.of(config("{'_class_name': 'DDPMWuerstchenScheduler'}")))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("DDPMWuerstchenScheduler");
    }

    @Test
    void a_setting_that_is_not_supported_is_refused_by_name_and_value() {
        for (String setting : List.of(
                "'timestep_spacing': 'random'",
                "'prediction_type': 'flow'",
                "'beta_schedule': 'sigmoid'",
                "'interpolation_type': 'log_linear'",
                "'timestep_type': 'continuous'",
                "'final_sigmas_type': 'last'",
                "'use_beta_sigmas': true")) {
            String[] parts = setting.replace("'", "").split(": ", -1);
            assertThatThrownBy(() -> new EulerScheduler(config("{" + setting + "}")))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining(parts[0])
                    .hasMessageContaining(parts[1]);
        }
    }

    @Test
    void takes_as_many_steps_as_asked_for() throws IOException {
        for (String spacing : List.of("leading", "trailing", "linspace")) {
            Scheduler scheduler = new EulerScheduler(config("{'timestep_spacing': '" + spacing + "'}"));
            for (int steps : List.of(1, 2, 61, 1000)) {
                assertThat(scheduler.plan(steps).timesteps()).as(spacing).hasSize(steps);
            }
        }
    }

    @Test
    void more_steps_than_were_trained_are_refused() throws IOException {
        Scheduler scheduler = new EulerScheduler(config("{}"));
        assertThatThrownBy(() -> scheduler.plan(1001)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> scheduler.plan(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void trained_betas_stand_for_the_schedule() throws IOException {
        EulerSampling sampling =
                (EulerSampling) new EulerScheduler(config("{'trained_betas': [0.5, 0.5, 0.5]}")).plan(3);
        assertThat(sampling.timesteps()).containsExactly(2f, 1f, 0f);
        assertThat(sampling.sigmas().get(2)).isEqualTo(1f); // half of the variance is noise
    }

    @Test
    void the_cosine_schedule_ends_in_almost_nothing_but_noise() throws IOException {
        EulerSampling sampling =
                (EulerSampling) new EulerScheduler(config("{'beta_schedule': 'squaredcos_cap_v2'}")).plan(10);
        assertThat(sampling.sigmas().getFirst()).isGreaterThan(1000f);
        assertThat(sampling.sigmas().get(9)).isLessThan(0.01f);
    }

    private Config config(String json) throws IOException {
        Path file = folder.resolve("scheduler_config.json");
        Files.writeString(file, json.replace('\'', '"'));
        return Config.read(file);
    }

    private static Tensor tensor(List<Float> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i);
        }
        return Tensor.create(floats);
    }
}
