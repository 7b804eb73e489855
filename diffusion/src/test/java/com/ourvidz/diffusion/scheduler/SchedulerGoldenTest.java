package com.ourvidz.diffusion.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.tensor.Noise;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scheduler against the numbers of the one that diffusers has. */
class SchedulerGoldenTest {

    private static final long[] SHAPE = {4, 3, 8, 8};
    private static final Config CASES =
            Config.read(Golden.path("schedulers.json")).section("cases");

    private static final long[] SMALL_SHAPE = {1, 4, 2, 2};
    private static final Config SAMPLERS = Config.read(Golden.path("samplers.json"));

    private final PointerScope scope = new PointerScope();

    @AfterEach
    void free() {
        scope.close();
    }

    static List<String> cases() {
        return CASES.names();
    }

    @Test
    void allCasesOfTheReferenceAreCompared() {
        assertThat(cases()).hasSize(38);
        assertThat(samplerCases()).hasSize(270);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void stepsAsDiffusersDoes(String name) {
        Config golden = CASES.section(name);
        int steps = golden.integer("steps");
        Scheduler scheduler = Scheduler.of(golden.section("config").with("_class_name", golden.text("cls")));
        try (Sampling sampling = scheduler.plan(steps);
                Weights numbers = Golden.numbers("schedulers.safetensors")) {
            Golden.assertClose(tensor(sampling.timesteps()), numbers, name + ".timesteps");
            if (numbers.has(name + ".sigmas")) {
                Golden.assertClose(tensor(((CourseSampling) sampling).course().sigmas()), numbers, name + ".sigmas");
            }
            Tensor start = DummyModel.sample(SHAPE);
            Tensor noisy = sampling.addNoise(start, new Noise(5).draw(SHAPE), steps / 2);
            Golden.assertClose(noisy, numbers, name + ".add_noise_mid");
            Noise noise = new Noise(golden.integer("noise_seed", 0));
            Tensor sample = start.mul(new Scalar(sampling.initialNoiseSigma()));
            for (int i = 0; i < steps; i++) {
                sample = DummyModel.step(sampling, i, sample, noise);
                if (numbers.has(name + ".step" + i)) {
                    Golden.assertClose(sample, numbers, name + ".step" + i);
                }
            }
            Golden.assertClose(sample, numbers, name + ".final");
        }
    }

    static List<String> samplerCases() {
        return SAMPLERS.section("cases").names();
    }

    /** Names with the settings of checkpoints for many schedulers, and schedulers with rarer settings; from noise and from a picture. */
    @ParameterizedTest
    @MethodSource("samplerCases")
    void takesOverACheckpointsSettingsAsDiffusersDoes(String name) {
        Config golden = SAMPLERS.section("cases").section(name);
        int start = golden.integer("start");
        int steps = golden.integer("steps");
        try (Sampling sampling = scheduler(golden).plan(steps);
                Weights numbers = Golden.numbers("samplers.safetensors")) {
            Golden.assertClose(tensor(sampling.timesteps()), numbers, name + ".timesteps");
            Tensor sample = DummyModel.sample(SMALL_SHAPE);
            Tensor first = start == 0
                    ? sample.mul(new Scalar(sampling.initialNoiseSigma()))
                    : sampling.addNoise(sample, new Noise(5).draw(SMALL_SHAPE), start);
            Noise noise = new Noise(SAMPLERS.integer("noise_seed"));
            Golden.assertClose(DummyModel.steps(sampling, start, steps, first, noise), numbers, name + ".final");
        }
    }

    private static Scheduler scheduler(Config golden) {
        Config checkpoint = SAMPLERS.section("checkpoints").section(golden.text("checkpoint"));
        return golden.has("sampler") ? Scheduler.named(golden.text("sampler"), checkpoint) : Scheduler.of(checkpoint);
    }

    private static Tensor tensor(List<Float> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i);
        }
        return Tensor.create(floats);
    }
}
