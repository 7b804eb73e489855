package com.ourvidz.worker;

import com.ourvidz.core.catalog.JobType;
import com.ourvidz.diffusion.scheduler.SamplerName;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Steps, guidance and sampler as the operator wants them, by job type: {@code OURVIDZ_STEPS_SDXL_IMAGE_FAST}, {@code
 * OURVIDZ_GUIDANCE_SDXL_IMAGE_FAST}, {@code OURVIDZ_SCHEDULER_SDXL_IMAGE_FAST} and so on for each. They win over the checkpoint's own settings
 * and over the table of job types.
 */
record OperatorGeneration(
        Map<JobType, OptionalInt> stepsByType,
        Map<JobType, OptionalDouble> guidanceByType,
        Map<JobType, Optional<String>> schedulerByType) {

    static OperatorGeneration of(Environment environment) {
        var steps = new EnumMap<JobType, OptionalInt>(JobType.class);
        var guidance = new EnumMap<JobType, OptionalDouble>(JobType.class);
        var scheduler = new EnumMap<JobType, Optional<String>>(JobType.class);
        for (var type : JobType.values()) {
            var suffix = type.id().toUpperCase(Locale.ROOT);
            steps.put(type, environment.integer("OURVIDZ_STEPS_" + suffix, 1));
            guidance.put(type, environment.number("OURVIDZ_GUIDANCE_" + suffix));
            scheduler.put(type, scheduler(environment, "OURVIDZ_SCHEDULER_" + suffix));
        }
        return new OperatorGeneration(steps, guidance, scheduler);
    }

    private static Optional<String> scheduler(Environment environment, String setting) {
        var name = environment.text(setting);
        name.filter(given -> !SamplerName.all().contains(given)).ifPresent(given -> {
            throw WorkerSettings.unusable(setting, given, "one of " + String.join(", ", SamplerName.all()));
        });
        return name;
    }

    OptionalInt steps(JobType type) {
        return stepsByType.getOrDefault(type, OptionalInt.empty());
    }

    /** One of {@link SamplerName}. */
    Optional<String> scheduler(JobType type) {
        return schedulerByType.getOrDefault(type, Optional.empty());
    }

    OptionalDouble guidanceScale(JobType type) {
        return guidanceByType.getOrDefault(type, OptionalDouble.empty());
    }
}
