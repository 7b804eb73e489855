package com.ourvidz.server.asset;

import com.ourvidz.core.Rejection;
import com.ourvidz.core.asset.AssetFilter;
import com.ourvidz.core.catalog.JobType;
import com.ourvidz.server.http.StrictJson;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The filters of a list of assets, as they stand in the query. */
record AssetQuery(
        @Nullable String job_type,

        @Schema(allowableValues = {"image", "video"}) @Nullable
        String kind,

        @Nullable String job_id,
        @Nullable String project_id,

        @Schema(description = "ISO-8601: created at this time or later") @Nullable
        String from,

        @Schema(description = "ISO-8601: created before this time") @Nullable
        String to,

        @Schema(allowableValues = {"true", "false"}) @Nullable
        String favourite,

        @Schema(description = "stands in the prompt") @Nullable
        String text) {

    /** @throws Rejection {@code INVALID}, naming what is wrong */
    AssetFilter filter() {
        return new AssetFilter(
                Optional.ofNullable(job_type).map(AssetQuery::type),
                Optional.ofNullable(kind).map(AssetQuery::kind),
                Optional.ofNullable(job_id).map(AssetQuery::id),
                Optional.ofNullable(project_id).map(AssetQuery::storable),
                Optional.ofNullable(from).map(AssetQuery::instant),
                Optional.ofNullable(to).map(AssetQuery::instant),
                Optional.ofNullable(favourite).map(AssetQuery::flag),
                Optional.ofNullable(text).map(AssetQuery::storable));
    }

    private static JobType type(String id) {
        return JobType.of(id)
                .orElseThrow(() -> Rejection.invalid("Unknown job type.").with("validJobTypes", JobType.ids()));
    }

    private static AssetFilter.Kind kind(String id) {
        return AssetFilter.Kind.of(id).orElseThrow(() -> Rejection.invalid("kind must be image or video."));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Rejection.invalid("job_id is no id.");
        }
    }

    private static Instant instant(String text) {
        try {
            return Instant.ofEpochMilli(Instant.parse(text).toEpochMilli());
        } catch (DateTimeParseException | ArithmeticException e) { // the latter for times beyond all reckoning
            throw Rejection.invalid("from and to must be times like 2026-01-31T12:00:00Z.");
        }
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Rejection.invalid("favourite must be true or false.");
        };
    }

    private static String storable(String text) {
        StrictJson.requireStorable(text);
        return text;
    }
}
