package com.ourvidz.server.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.ourvidz.core.asset.Asset;
import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobState;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A job that has ended, in the documented form of a callback.
 *
 * @param assets URLs that a browser can open as they are
 * @param metadata as a job shows it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CallbackView(
        @JsonProperty("job_id") UUID jobId,
        String status,
        List<String> assets,
        @JsonProperty("error_message") @Nullable String errorMessage,
        Map<String, Object> metadata) {

    public static CallbackView of(Job job, Function<Asset, String> url) {
        return new CallbackView(
                job.id(),
                job.state().status().id(),
                job.assets().stream().map(url).toList(),
                job.state() instanceof JobState.Failed failed ? failed.message() : null,
                JobView.metadata(job));
    }
}
