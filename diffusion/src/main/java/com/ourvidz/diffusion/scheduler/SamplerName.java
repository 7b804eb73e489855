package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The names by which a person chooses a sampler: a scheduler, and the settings that the name stands for. All else is as the checkpoint has
 * it, and where that says nothing as the scheduler's class has it: what diffusers' {@code from_config} does.
 */
public enum SamplerName {
    EULER,
    EULER_A,
    DPMPP_2M,
    DPMPP_2M_KARRAS,
    DPMPP_2M_SDE,
    DPMPP_2M_SDE_KARRAS,
    UNIPC,
    UNIPC_KARRAS,
    DDIM,
    LCM,
    FLOW_EULER,
    FLOW_UNIPC;

    /** The names as they are written, such as {@code dpmpp_2m_karras}. */
    public static List<String> all() {
        return Arrays.stream(values()).map(SamplerName::toString).toList();
    }

    static Optional<SamplerName> of(String name) {
        return Arrays.stream(values())
                .filter(value -> value.toString().equals(name))
                .findFirst();
    }

    /**
     * The sampler for a checkpoint.
     *
     * @param settings the checkpoint's {@code scheduler_config.json}, whatever scheduler that is for
     * @throws CheckpointException when one of them is not supported by this sampler
     */
    Scheduler create(Config settings) {
        return switch (this) {
            case EULER -> new EulerScheduler(settings);
            case EULER_A -> new EulerAncestralScheduler(settings);
            case DPMPP_2M -> dpmSolver("dpmsolver++", karras(settings, false));
            case DPMPP_2M_KARRAS -> dpmSolver("dpmsolver++", karras(settings, true));
            case DPMPP_2M_SDE -> dpmSolver("sde-dpmsolver++", karras(settings, false));
            case DPMPP_2M_SDE_KARRAS -> dpmSolver("sde-dpmsolver++", karras(settings, true));
            case UNIPC -> new UniPcScheduler(karras(settings, false));
            case UNIPC_KARRAS -> new UniPcScheduler(karras(settings, true));
            case DDIM -> new DdimScheduler(ofLatents(settings));
            case LCM -> new LcmScheduler(settings);
            case FLOW_EULER -> new FlowMatchEulerScheduler(settings);
            case FLOW_UNIPC -> new UniPcScheduler(karras(settings, false).with("use_flow_sigmas", true));
        };
    }

    private static Scheduler dpmSolver(String algorithm, Config settings) {
        return new DpmSolverScheduler(settings.with("algorithm_type", algorithm).with("solver_order", 2));
    }

    private static Config karras(Config settings, boolean on) {
        return settings.with("use_karras_sigmas", on);
    }

    /** DDIM's own defaults are for pixels, which have bounds. Latents have none, and published checkpoints say this. */
    private static Config ofLatents(Config settings) {
        return offUnlessSet(offUnlessSet(settings, "clip_sample"), "set_alpha_to_one");
    }

    private static Config offUnlessSet(Config settings, String name) {
        return settings.has(name) ? settings : settings.with(name, false);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
