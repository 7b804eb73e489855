package com.ourvidz.diffusion.sdxl;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
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

    public static final GenerationDefaults NONE = new GenerationDefaults(
            OptionalInt.empty(), OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty());

    /**
     * Reads what a checkpoint recommends for a job type; nothing when it has no such file.
     *
     * @throws CheckpointException when the file is not JSON, or a value is of another type
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
                config.has("steps") ? OptionalInt.of(config.integer("steps")) : OptionalInt.empty(),
                number(config, "guidance_scale"),
                number(config, "guidance_rescale"),
                config.has("scheduler") ? Optional.of(config.text("scheduler")) : Optional.empty());
    }

    private static OptionalDouble number(Config config, String setting) {
        return config.has(setting) ? OptionalDouble.of(config.number(setting)) : OptionalDouble.empty();
    }

    private GenerationDefaults or(GenerationDefaults others) {
        return new GenerationDefaults(
                steps.isPresent() ? steps : others.steps,
                guidanceScale.isPresent() ? guidanceScale : others.guidanceScale,
                guidanceRescale.isPresent() ? guidanceRescale : others.guidanceRescale,
                scheduler.or(() -> others.scheduler));
    }
}
