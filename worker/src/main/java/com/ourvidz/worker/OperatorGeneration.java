package com.ourvidz.worker;

import com.ourvidz.core.catalog.JobType;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Steps and guidance as the operator wants them, by job type: {@code OURVIDZ_STEPS_SDXL_IMAGE_FAST}, {@code
 * OURVIDZ_GUIDANCE_SDXL_IMAGE_FAST} and so on for each. They win over the checkpoint's own settings and over the table of job types.
 */
record OperatorGeneration(Map<JobType, OptionalInt> stepsByType, Map<JobType, OptionalDouble> guidanceByType) {

    static OperatorGeneration of(Environment environment) {
        var steps = new EnumMap<JobType, OptionalInt>(JobType.class);
        var guidance = new EnumMap<JobType, OptionalDouble>(JobType.class);
        for (var type : JobType.values()) {
            var suffix = type.id().toUpperCase(Locale.ROOT);
            steps.put(type, environment.integer("OURVIDZ_STEPS_" + suffix, 1));
            guidance.put(type, environment.number("OURVIDZ_GUIDANCE_" + suffix));
        }
        return new OperatorGeneration(steps, guidance);
    }

    OptionalInt steps(JobType type) {
        return stepsByType.getOrDefault(type, OptionalInt.empty());
    }

    OptionalDouble guidanceScale(JobType type) {
        return guidanceByType.getOrDefault(type, OptionalDouble.empty());
    }
}
