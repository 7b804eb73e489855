package com.ourvidz.server.job;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /api/queue-job}, for the API's description; {@code OrderReader} reads and checks it. */
@Schema(name = "QueueJobRequest")
record QueueJobRequest(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "sdxl_image_fast")
        String jobType,

        @Nullable Metadata metadata,
        @Nullable Config config,
        @Nullable String projectId,
        @Nullable String videoId,
        @Nullable String imageId) {

    record Metadata(
            @Schema(maxLength = 4000, example = "a red lighthouse by the sea at sunset") @Nullable
            String prompt,

            @Nullable Long credits,
            @Nullable String bucket,
            @Nullable String reference_image_url,
            @Nullable String start_reference_image_url,
            @Nullable String end_reference_image_url,
            @Schema(minimum = "0", maximum = "1") @Nullable Double reference_strength,

            @Schema(allowableValues = {"style", "composition", "character"}) @Nullable
            String reference_type,

            @Schema(allowableValues = {"1", "3", "6"}) @Nullable
            Integer num_images,

            @Schema(minimum = "0", maximum = "9007199254740985") @Nullable
            Long seed,

            @Nullable String negative_prompt,
            @Schema(minimum = "0", maximum = "1") @Nullable Double similarity_strength) {}

    /** Wins over {@code metadata}. */
    record Config(@Nullable Integer num_images, @Nullable Long seed) {}

    /**
     * The body of {@code POST /api/jobs/{id}/regenerate}: an order's fields, each in place of the recorded one; null takes that away.
     *
     * @param index which image alone, from 0; all of them without it
     * @param random true for a new seed
     */
    @Schema(name = "RegenerateRequest")
    record Again(
            @Schema(minimum = "0", maximum = "5") @Nullable Integer index,
            @Nullable Boolean random,
            @Nullable String jobType,
            @Nullable Metadata metadata,
            @Nullable Config config,
            @Nullable String projectId,
            @Nullable String videoId,
            @Nullable String imageId) {}
}
