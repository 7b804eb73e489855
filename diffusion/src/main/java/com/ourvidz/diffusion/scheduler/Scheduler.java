package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;

/** A sampler as {@code scheduler_config.json} sets it up. It holds no state: each picture gets a {@link Sampling} of its own. */
public interface Scheduler {

    /** The class that diffusers has it under, such as {@code EulerDiscreteScheduler}. */
    String name();

    /**
     * Plans one picture.
     *
     * @param steps 1 to the number of training steps, or fewer where the sampler says so
     * @throws IllegalArgumentException when {@code steps} is out of range
     */
    Sampling plan(int steps);

    /**
     * The scheduler that the settings name in {@code _class_name}.
     *
     * @throws CheckpointException when that class, or one of its settings, is not supported
     */
    static Scheduler of(Config config) {
        String name = config.text("_class_name");
        return SchedulerClasses.create(name, config)
                .orElseThrow(() -> config.invalid(
                        "_class_name",
                        "is '" + name + "', a scheduler that is not supported; these are: " + SchedulerClasses.all()));
    }

    /** Whether {@link #named} knows it. */
    static boolean isName(String name) {
        return SamplerName.of(name).isPresent() || SchedulerClasses.has(name);
    }

    /**
     * Another sampler with a checkpoint's settings.
     *
     * @param name one of {@link SamplerName}, or the class that diffusers has a scheduler under
     * @param checkpoint its {@code scheduler_config.json}, whatever scheduler that is for
     * @throws CheckpointException when there is no such sampler, or when it does not support one of the settings
     */
    static Scheduler named(String name, Config checkpoint) {
        return SamplerName.of(name)
                .map(sampler -> sampler.create(checkpoint))
                .or(() -> SchedulerClasses.create(name, checkpoint))
                .orElseThrow(() -> new CheckpointException(
                        "There is no sampler '" + name + "'; choose one of " + String.join(", ", SamplerName.all())));
    }
}
