package com.ourvidz.worker;

import com.ourvidz.core.catalog.JobType;
import com.ourvidz.diffusion.sdxl.GenerationDefaults;
import com.ourvidz.diffusion.sdxl.Guidance;
import java.util.Optional;

/**
 * How a job is generated.
 *
 * @param scheduler a sampler's name, or a class in diffusers; empty for the checkpoint's own
 */
record GenerationSettings(int steps, Guidance guidance, Optional<String> scheduler) {

    /** The operator's word, else the checkpoint's own, else the table of job types; for each value by itself. */
    static GenerationSettings choose(JobType type, OperatorGeneration operator, GenerationDefaults checkpoint) {
        var steps = operator.steps(type).orElse(checkpoint.steps().orElse(type.steps()));
        var scale =
                operator.guidanceScale(type).orElse(checkpoint.guidanceScale().orElse(type.guidanceScale()));
        var scheduler = operator.scheduler(type).or(checkpoint::scheduler);
        var rescale = checkpoint.guidanceRescale().orElse(0);
        return new GenerationSettings(steps, new Guidance(scale, rescale), scheduler);
    }
}
