package com.ourvidz.cli;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A job as the API shows it; the fields that this program uses. */
record JobView(
        UUID id,
        String status,
        @Nullable Integer progress,
        @Nullable String stage,
        @Nullable String errorMessage,
        Instant createdAt,
        @Nullable Instant startedAt,
        int attempt,
        List<URI> assets,
        JsonNode metadata) {

    boolean isCompleted() {
        return status.equals("completed");
    }

    boolean hasFailed() {
        return status.equals("failed");
    }

    boolean hasEnded() {
        return isCompleted() || hasFailed();
    }

    /** 0 to 100. */
    int percent() {
        return Optional.ofNullable(progress).orElse(0);
    }

    /** What it is doing, in a word or two. */
    String doing() {
        return Optional.ofNullable(stage).filter(text -> !text.isEmpty()).orElse(status);
    }

    String failure() {
        return Optional.ofNullable(errorMessage).orElse("The job failed without saying why.");
    }

    /** The seed of the asset of the given index. */
    long seed(int index) {
        return metadata.path("seeds").path(index).asLong(metadata.path("seed").asLong(0) + index);
    }

    /** How long it waited in its queue. */
    Optional<Duration> queued() {
        return Optional.ofNullable(startedAt).map(started -> Duration.between(createdAt, started));
    }

    /** What each part of it took, as the worker reported: model load, text, denoise and so on. */
    Map<String, Duration> timings() {
        var timings = new LinkedHashMap<String, Duration>();
        metadata.path("timings")
                .propertyStream()
                .forEach(timing -> timings.put(
                        timing.getKey().replace('_', ' '),
                        Duration.ofNanos(Math.round(timing.getValue().asDouble(0) * 1e9))));
        return timings;
    }
}
