package com.ourvidz.server.asset;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.ourvidz.core.asset.AssetFilter;
import com.ourvidz.core.asset.ListedAsset;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An asset as clients see it. What is not known is left out.
 *
 * @param kind image or video
 * @param url signed and expiring, like {@code thumbnail_url}; with {@code &download=1} a browser saves it
 * @param index its place in the job, from 0
 * @param width of what the job type makes, in pixels, like {@code height}
 * @param duration of a video, in seconds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AssetView(
        UUID id,
        @JsonProperty("job_id") UUID jobId,
        @JsonProperty("job_type") String jobType,
        @JsonProperty("project_id") @Nullable String projectId,
        String kind,
        String url,
        @JsonProperty("thumbnail_url") @Nullable String thumbnailUrl,
        @JsonProperty("media_type") String mediaType,
        int index,
        long seed,
        String prompt,
        long bytes,
        int width,
        int height,
        @Nullable Double duration,
        boolean favourite,
        @JsonProperty("created_at") Instant createdAt) {

    static AssetView of(ListedAsset listed, AssetLinks links) {
        var asset = listed.asset();
        var output = listed.type().output();
        return new AssetView(
                asset.id(),
                asset.jobId(),
                listed.type().id(),
                listed.projectId().orElse(null),
                AssetFilter.Kind.of(listed.type()).id(),
                links.url(asset),
                links.thumbnailUrl(asset).orElse(null),
                asset.mediaType(),
                asset.index(),
                listed.seed(),
                listed.prompt(),
                asset.bytes(),
                output.width(),
                output.height(),
                output.duration().isPresent() ? output.duration().getAsDouble() : null,
                listed.favourite(),
                asset.createdAt());
    }
}
