package com.ourvidz.diffusion.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.tensor.Noise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every sampler, whatever its numbers are. */
class SamplingTest {

    private static final long[] SHAPE = {1, 4, 8, 8};

    private final PointerScope scope = new PointerScope();

    @TempDir
    Path folder;

    @AfterEach
    void free() {
        scope.close();
    }

    @ParameterizedTest
    @EnumSource
    void staysFiniteAtAnyNumberOfSteps(SamplerName sampler) {
        for (Config settings : List.of(sdxl(), velocity(), zeroTerminal())) {
            for (int steps : stepsOf(sampler)) {
                try (Sampling sampling = sampler.create(settings).plan(steps)) {
                    Tensor start = DummyModel.sample(SHAPE).mul(new Scalar(sampling.initialNoiseSigma()));
                    Tensor end = DummyModel.steps(sampling, 0, steps, start, new Noise(3));
                    assertThat(end.isfinite().all().item_bool())
                            .as("%d steps with %s", steps, settings.text("prediction_type", "epsilon"))
                            .isTrue();
                }
            }
        }
    }

    private static int[] stepsOf(SamplerName sampler) {
        return sampler == SamplerName.LCM ? new int[] {1, 2, 3, 5, 20, 50} : new int[] {1, 2, 3, 5, 20, 50, 100};
    }

    /** From noise, and from a picture that is not all noise: the steps, the levels and the parts must fit together for that. */
    @ParameterizedTest
    @EnumSource
    void aModelThatKnowsThePictureLeadsToItFromAnyStep(SamplerName sampler) {
        Tensor picture = DummyModel.sample(SHAPE);
        for (Config settings : fitting(sampler)) {
            for (int start : new int[] {0, 5, 19}) {
                try (Sampling sampling = sampler.create(settings).plan(20)) {
                    Noise noise = new Noise(3);
                    Tensor sample = sampling.addNoise(picture, noise.draw(SHAPE), start);
                    for (int i = start; i < 20; i++) {
                        Tensor output = knowing(picture, sampling, i, sample, settings);
                        sample = sampling.step(output, i, sample, noise);
                    }
                    assertThat(sample.sub(picture).abs().max().item_double())
                            .as("from step %d with %s", start, settings.text("prediction_type", "epsilon"))
                            .isLessThan(0.002);
                }
            }
        }
    }

    private List<Config> fitting(SamplerName sampler) {
        return switch (sampler) {
            case FLOW_EULER, FLOW_UNIPC -> List.of(sdxl().with("prediction_type", "flow_prediction"));
            default -> List.of(sdxl(), velocity(), zeroTerminal());
        };
    }

    /** What a perfect model says: it tells the noise from the picture that it knows. */
    private static Tensor knowing(Tensor picture, Sampling sampling, int index, Tensor sample, Config settings) {
        Rates rates = rates(sampling, index);
        Tensor input = sampling.scaleModelInput(sample, index);
        Tensor epsilon = input.sub(picture.mul(new Scalar(rates.signal()))).div(new Scalar(rates.noise()));
        return switch (settings.text("prediction_type", "epsilon")) {
            case "epsilon" -> epsilon;
            case "v_prediction" -> epsilon.mul(new Scalar(rates.signal())).sub(picture.mul(new Scalar(rates.noise())));
            default -> epsilon.sub(picture);
        };
    }

    private static Rates rates(Sampling sampling, int index) {
        return switch (sampling) {
            case MixedSampling mixed -> mixed.rates(index);
            case EulerSampling euler -> Rates.variancePreserving(euler.course().sigma(index));
            default -> throw new AssertionError(sampling);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"dpmpp_2m", "dpmpp_2m_sde_karras", "unipc"})
    void aMultistepMethodBeginsWithOrderOneWhereverItBegins(String name) {
        Tensor start = DummyModel.sample(SHAPE);
        for (int first : new int[] {0, 7}) {
            List<Tensor> full = twoSteps(Scheduler.named(name, sdxl()), first, start);
            List<Tensor> low = twoSteps(lowest(name), first, start);
            assertThat(full.getFirst().equal(low.getFirst())).isTrue();
            assertThat(full.get(1).equal(low.get(1))).isFalse();
        }
    }

    private Scheduler lowest(String name) {
        Config low = sdxl().with("solver_order", 1);
        return switch (name) {
            case "dpmpp_2m" -> new DpmSolverScheduler(low);
            case "unipc" -> new UniPcScheduler(low);
            default ->
                new DpmSolverScheduler(
                        low.with("algorithm_type", "sde-dpmsolver++").with("use_karras_sigmas", true));
        };
    }

    private static List<Tensor> twoSteps(Scheduler scheduler, int first, Tensor start) {
        try (Sampling sampling = scheduler.plan(20)) {
            Noise noise = new Noise(3);
            Tensor one = DummyModel.step(sampling, first, start, noise);
            return List.of(one, DummyModel.step(sampling, first + 1, one, noise));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dpmpp_2m", "unipc", "lcm", "euler_a"})
    @EnabledOnOs(OS.LINUX)
    void keepsNoMemoryWhenItIsOver(String name) throws IOException {
        Scheduler scheduler = Scheduler.named(name, sdxl());
        run(scheduler, 20);
        long before = residentMegabytes();
        run(scheduler, 200); // 2000 steps with 64 KB each: a leak of one tensor a step would be 125 MB
        assertThat(residentMegabytes() - before).isLessThan(40);
    }

    /** Left before the end, and closed twice, as when a failure is on its way. */
    private static void run(Scheduler scheduler, int times) {
        for (int i = 0; i < times; i++) {
            Sampling sampling = scheduler.plan(20);
            try (PointerScope _ = new PointerScope()) {
                Tensor start = DummyModel.sample(1, 4, 64, 64);
                DummyModel.steps(sampling, 0, 10, start, new Noise(3)).close();
                sampling.close();
            }
            sampling.close();
        }
    }

    private static long residentMegabytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            String line =
                    lines.filter(each -> each.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
        }
    }

    private Config sdxl() {
        return Settings.sdxl(folder).with("set_alpha_to_one", true); // or DDIM would stop short of the picture
    }

    private Config velocity() {
        return sdxl().with("prediction_type", "v_prediction");
    }

    private Config zeroTerminal() {
        return velocity().with("rescale_betas_zero_snr", true).with("timestep_spacing", "trailing");
    }
}
