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
     * @param steps 1 to the number of training steps
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
        return switch (name) {
            case "EulerDiscreteScheduler" -> new EulerScheduler(config);
            default ->
                throw config.invalid(
                        "_class_name",
                        "is '" + name + "', a scheduler that is not supported; EulerDiscreteScheduler is");
        };
    }
}
