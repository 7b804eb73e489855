package com.ourvidz.diffusion.sdxl;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.scheduler.Scheduler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a checkpoint recommends, in {@code generation_config.json} beside {@code model_index.json}: for everything, or under the name of a job
 * type for that alone. What it leaves open is the caller's choice.
 */
public record GenerationDefaults(
        OptionalInt steps, OptionalDouble guidanceScale, OptionalDouble guidanceRescale, Optional<String> scheduler) {

    /** As many as models are trained with. */
    private static final int MOST_STEPS = 1000;

    public static final GenerationDefaults NONE = new GenerationDefaults(
            OptionalInt.empty(), OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty());

    /**
     * Reads what a checkpoint recommends for a job type; nothing when it has no such file.
     *
     * @throws CheckpointException when the file is not JSON, or a value is of another type or none that can be used
     */
    public static GenerationDefaults read(Path checkpoint, String jobType) {
        Path file = checkpoint.resolve("generation_config.json");
        if (!Files.exists(file)) {
            return NONE;
        }
        Config config = Config.read(file);
        return of(config.section(jobType)).or(of(config));
    }

    private static GenerationDefaults of(Config config) {
        return new GenerationDefaults(
                steps(config),
                number(config, "guidance_scale", -Double.MAX_VALUE, Double.MAX_VALUE),
                number(config, "guidance_rescale", 0, 1),
                scheduler(config));
    }

    private static OptionalInt steps(Config config) {
        String name = "steps";
        return config.has(name)
                ? OptionalInt.of(config.within(1, MOST_STEPS, name, config.integer(name)))
                : OptionalInt.empty();
    }

    private static OptionalDouble number(Config config, String setting, double least, double most) {
        if (!config.has(setting)) {
            return OptionalDouble.empty();
        }
        double number = config.number(setting);
        if (!(number >= least && number <= most)) {
            throw config.invalid(setting, "is " + number + " where " + least + " to " + most + " is expected");
        }
        return OptionalDouble.of(number);
    }

    private static Optional<String> scheduler(Config config) {
        String name = config.text("scheduler", "");
        if (!name.isEmpty() && !Scheduler.isName(name)) {
            throw config.invalid("scheduler", "is '" + name + "', a sampler that is not supported");
        }
        return Optional.of(name).filter(given -> !given.isEmpty());
    }

    private GenerationDefaults or(GenerationDefaults others) {
        return new GenerationDefaults(
                steps.isPresent() ? steps : others.steps,
                guidanceScale.isPresent() ? guidanceScale : others.guidanceScale,
                guidanceRescale.isPresent() ? guidanceRescale : others.guidanceRescale,
                scheduler.or(() -> others.scheduler));
    }
}
