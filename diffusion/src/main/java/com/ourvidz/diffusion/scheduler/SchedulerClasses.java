package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.checkpoint.Config;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The schedulers that there are, by the names of their classes in diffusers: what {@code scheduler_config.json} knows them by. */
final class SchedulerClasses {

    private static final Map<String, Function<Config, Scheduler>> CONSTRUCTORS = Map.of(
            "EulerDiscreteScheduler", EulerScheduler::new,
            "EulerAncestralDiscreteScheduler", EulerAncestralScheduler::new,
            "DPMSolverMultistepScheduler", DpmSolverScheduler::new,
            "UniPCMultistepScheduler", UniPcScheduler::new,
            "DDIMScheduler", DdimScheduler::new,
            "LCMScheduler", LcmScheduler::new,
            "FlowMatchEulerDiscreteScheduler", FlowMatchEulerScheduler::new);

    private SchedulerClasses() {}

    static Optional<Scheduler> create(String name, Config config) {
        return Optional.ofNullable(CONSTRUCTORS.get(name)).map(constructor -> constructor.apply(config));
    }

    static boolean has(String name) {
        return CONSTRUCTORS.containsKey(name);
    }

    static String all() {
        return CONSTRUCTORS.keySet().stream().sorted().collect(Collectors.joining(", "));
    }
}
