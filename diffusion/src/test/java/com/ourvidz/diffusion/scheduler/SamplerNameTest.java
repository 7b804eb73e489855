package com.ourvidz.diffusion.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.tensor.Noise;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerNameTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "euler, EulerDiscreteScheduler",
        "euler_a, EulerAncestralDiscreteScheduler",
        "dpmpp_2m, DPMSolverMultistepScheduler",
        "dpmpp_2m_karras, DPMSolverMultistepScheduler",
        "dpmpp_2m_sde, DPMSolverMultistepScheduler",
        "dpmpp_2m_sde_karras, DPMSolverMultistepScheduler",
        "unipc, UniPCMultistepScheduler",
        "unipc_karras, UniPCMultistepScheduler",
        "ddim, DDIMScheduler",
        "lcm, LCMScheduler",
        "flow_euler, FlowMatchEulerDiscreteScheduler",
        "flow_unipc, UniPCMultistepScheduler"
    })
    void eachNameStandsForAScheduler(String name, String scheduler) {
        assertThat(SamplerName.all()).contains(name);
        assertThat(Scheduler.named(name, sdxl()).name()).isEqualTo(scheduler);
        assertThat(Scheduler.named(scheduler, sdxl()).name()).isEqualTo(scheduler);
    }

    @Test
    void thereAreNoOtherNames() {
        assertThat(SamplerName.all()).hasSize(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Euler", "heun", "", "DPMSolverSDEScheduler"})
    void anUnknownNameIsAnsweredWithThoseThatThereAre(String name) {
        assertThatThrownBy(() -> Scheduler.named(name, sdxl()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("'" + name + "'")
                .hasMessageContaining(String.join(", ", SamplerName.all()));
    }

    @ParameterizedTest
    @CsvSource({"dpmpp_2m, dpmpp_2m_karras", "dpmpp_2m_sde, dpmpp_2m_sde_karras", "unipc, unipc_karras"})
    void aNameDecidesOnKarrasWhateverTheCheckpointHas(String plain, String karras) {
        Config other = sdxl().with("use_karras_sigmas", true);
        assertThat(timesteps(plain, other)).isEqualTo(timesteps(plain, sdxl())).isNotEqualTo(timesteps(karras, other));
        assertThat(timesteps(karras, sdxl())).isEqualTo(timesteps(karras, other));
    }

    @Test
    void namesWithoutAVariantLeaveTheCheckpointsChoice() {
        Config other = sdxl().with("use_karras_sigmas", true);
        assertThat(timesteps("euler", other)).isNotEqualTo(timesteps("euler", sdxl()));
    }

    @Test
    void ddimByNameLeavesLatentsUnboundedUnlessTheCheckpointBoundsThem() {
        Config silent = Settings.written(folder, "{}");
        assertThat(ddimStep(Scheduler.named("ddim", silent))).isGreaterThan(1.5);
        assertThat(ddimStep(Scheduler.named("ddim", silent.with("clip_sample", true))))
                .isLessThan(1.01);
        assertThat(ddimStep(Scheduler.named("DDIMScheduler", silent))).isLessThan(1.01);
    }

    /** The only step, with a model that says that there is no noise in a sample of 2. */
    private static double ddimStep(Scheduler scheduler) {
        try (PointerScope _ = new PointerScope();
                Sampling sampling = scheduler.plan(1)) {
            Tensor sample = Tensor.create(new float[] {2});
            return sampling.step(Tensor.create(new float[] {0}), 0, sample, new Noise(0))
                    .item_double();
        }
    }

    private static List<Float> timesteps(String name, Config settings) {
        try (Sampling sampling = Scheduler.named(name, settings).plan(10)) {
            return sampling.timesteps();
        }
    }

    private Config sdxl() {
        return Settings.sdxl(folder);
    }
}
