package com.ourvidz.server.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobState;
import com.ourvidz.server.asset.AssetLinks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as clients see it, in the documented names. What is not known is left out.
 *
 * @param progress 0 to 100
 * @param queuePosition from 1, while it waits
 * @param etaSeconds until it is done, from the times that such jobs took
 * @param preview where a small picture of what is being made is, while there is one
 * @param assets URLs that a browser can open as they are
 * @param thumbnails URLs of small pictures of the assets, one for each; null where there is none
 * @param metadata the client's fields, the seed, quantity and kind of reference that the job has, and what the worker reported
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobView(
        UUID id,
        @JsonProperty("user_id") String userId,
        @JsonProperty("job_type") String jobType,
        String status,
        @JsonProperty("created_at") Instant createdAt,
        @JsonProperty("started_at") @Nullable Instant startedAt,
        @JsonProperty("completed_at") @Nullable Instant completedAt,
        @Nullable Integer progress,
        @Nullable String stage,
        @JsonProperty("queue_position") @Nullable Integer queuePosition,
        @JsonProperty("eta_seconds") @Nullable Long etaSeconds,
        int attempt,
        @Nullable String preview,
        List<String> assets,
        List<@Nullable String> thumbnails,
        @JsonProperty("error_message") @Nullable String errorMessage,

        @Schema(
                description =
                        "The client's fields, the seed, quantity and kind of reference that the job has, and what the worker"
                                + " reported. `cancelled` is true on a job that was cancelled. `unreadable` is true on a job that a newer"
                                + " version of the platform has written and this one cannot read whole: what it shows of the order may"
                                + " be incomplete, and it cannot be made again.")
        Map<String, Object> metadata,

        @JsonProperty("project_id") @Nullable String projectId,
        @JsonProperty("video_id") @Nullable String videoId,
        @JsonProperty("image_id") @Nullable String imageId) {

    /** What is known of a job besides itself, while it waits or runs. */
    record Outlook(Optional<Integer> queuePosition, Optional<Long> etaSeconds, Optional<String> preview) {

        static final Outlook NONE = new Outlook(Optional.empty(), Optional.empty(), Optional.empty());
    }

    static JobView of(Job job, Outlook outlook, AssetLinks links) {
        var state = Shown.of(job.state());
        var ids = job.order().clientIds();
        return new JobView(
                job.id(),
                job.userId(),
                job.order().type().id(),
                job.state().status().id(),
                job.createdAt(),
                state.startedAt,
                state.completedAt,
                state.progress,
                state.stage,
                outlook.queuePosition.orElse(null),
                outlook.etaSeconds.orElse(null),
                job.attempt(),
                outlook.preview.orElse(null),
                job.assets().stream().map(links::url).toList(),
                thumbnails(job, links),
                state.errorMessage,
                metadata(job),
                ids.projectId().orElse(null),
                ids.videoId().orElse(null),
                ids.imageId().orElse(null));
    }

    private static List<@Nullable String> thumbnails(Job job, AssetLinks links) {
        var thumbnails = new ArrayList<@Nullable String>();
        job.assets().forEach(asset -> thumbnails.add(links.thumbnailUrl(asset).orElse(null)));
        return thumbnails;
    }

    static Map<String, Object> metadata(Job job) {
        var metadata = new LinkedHashMap<>(job.order().metadata());
        metadata.put("seed", job.order().seed());
        metadata.put("num_images", job.order().numImages());
        job.order().references().forEach(reference -> {
            metadata.put("reference_strength", reference.strength());
            reference.type().ifPresent(type -> metadata.put("reference_type", type.id()));
        });
        metadata.putAll(job.report());
        if (job.state() instanceof JobState.Failed failed && failed.cancelled()) {
            metadata.put("cancelled", true);
        }
        if (!job.readable()) {
            metadata.put("unreadable", true);
        }
        return metadata;
    }

    /** What a state adds to the job. */
    private record Shown(
            @Nullable Instant startedAt,
            @Nullable Instant completedAt,
            @Nullable Integer progress,
            @Nullable String stage,
            @Nullable String errorMessage) {

        static Shown of(JobState state) {
            return switch (state) {
                case JobState.Queued queued -> new Shown(null, null, 0, null, null);
                case JobState.Processing(var started, var progress, var stage) ->
                    new Shown(started, null, progress, stage, null);
                case JobState.Completed(var started, var completed) -> new Shown(started, completed, 100, null, null);
                case JobState.Failed(var started, var completed, var message, var cancelled) ->
                    new Shown(started.orElse(null), completed, null, null, message);
            };
        }
    }
}
