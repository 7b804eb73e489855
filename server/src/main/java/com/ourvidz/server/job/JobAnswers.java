package com.ourvidz.server.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.ourvidz.core.job.JobStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bodies that answer the job routes, besides the job itself. */
final class JobAnswers {

    private JobAnswers() {}

    /**
     * Answers an accepted job.
     *
     * @param queueLength waiting jobs in the queue, this one included
     * @param warnings fields that were given and do not apply to the job type
     */
    record Accepted(
            boolean success,
            JobView job,
            String message,
            int queueLength,
            String modelVariant,
            @JsonProperty("isSDXL") boolean isSdxl,
            boolean negativePromptSupported,
            boolean referenceImageSupported,
            boolean flexibleQuantitiesSupported,
            boolean seedControlSupported,
            String jobType,
            String queue,
            List<String> warnings) {

        static Accepted of(JobStore.Acceptance acceptance, JobView job) {
            var order = acceptance.job().order();
            var type = order.type();
            return new Accepted(
                    true,
                    job,
                    acceptance.replayed() ? "This request was accepted before." : "The job is queued.",
                    acceptance.queueLength(),
                    type.queue().modelVariant(),
                    type.isSdxl(),
                    type.negativePromptSupported(),
                    type.referenceImageSupported(),
                    type.flexibleQuantitiesSupported(),
                    type.seedControlSupported(),
                    type.id(),
                    type.queue().id(),
                    order.warnings());
        }
    }

    /** One page of a user's jobs, newest first. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record JobList(
            List<JobView> jobs,
            @JsonProperty("next_cursor") @Nullable String nextCursor) {}

    record Cancelled(boolean success, JobView job) {}
}
