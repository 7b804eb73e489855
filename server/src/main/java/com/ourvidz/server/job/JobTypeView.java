package com.ourvidz.server.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.job.JobReference;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A job type as clients see it.
 *
 * @param width of what it makes, in pixels, like {@code height}
 * @param duration of a video, in seconds
 * @param steps of denoising, where neither the checkpoint nor the operator says otherwise
 * @param expectedSeconds for one picture or video
 * @param price in credits, for a job of any quantity
 * @param quantities the numbers of pictures to choose from
 * @param plainType of an enhanced one: the type that takes the prompt as it is
 * @param references the ways in which it takes pictures
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobTypeView(
        String id,

        @Schema(allowableValues = {"image", "video", "enhanced"})
        String group,

        @Schema(allowableValues = {"image", "video"}) String kind,

        String queue,
        int width,
        int height,
        @Nullable Double duration,
        int steps,
        @JsonProperty("expected_seconds") int expectedSeconds,
        long price,
        List<Integer> quantities,
        @JsonProperty("negative_prompt") boolean negativePrompt,
        boolean seed,
        @JsonProperty("plain_type") @Nullable String plainType,
        List<ReferenceUse> references) {

    /**
     * A way of taking a picture, and the strengths that are recommended for it.
     *
     * @param id style, composition or character, or start or end for a frame
     */
    record ReferenceUse(
            String id,
            @JsonProperty("strength_from") double strengthFrom,
            @JsonProperty("strength_to") double strengthTo) {

        static ReferenceUse of(String id, JobReference.Range strengths) {
            return new ReferenceUse(id, strengths.from(), strengths.to());
        }
    }

    static JobTypeView of(JobType type, long price) {
        var output = type.output();
        var kind = type.isVideo() ? "video" : "image";
        return new JobTypeView(
                type.id(),
                type.enhanced() ? "enhanced" : kind,
                kind,
                type.queue().id(),
                output.width(),
                output.height(),
                output.duration().isPresent() ? output.duration().getAsDouble() : null,
                type.steps(),
                type.expectedSeconds(),
                price,
                type.flexibleQuantitiesSupported() ? List.of(1, 3, 6) : List.of(1),
                type.negativePromptSupported(),
                type.seedControlSupported(),
                type.enhanced() ? type.plain().id() : null,
                references(type));
    }

    private static List<ReferenceUse> references(JobType type) {
        if (type.isSdxl()) {
            return Stream.of(JobReference.Type.values())
                    .map(way -> ReferenceUse.of(way.id(), way.recommended()))
                    .toList();
        }
        return type.isVideo()
                ? Stream.of(JobReference.Slot.START, JobReference.Slot.END)
                        .map(slot -> ReferenceUse.of(slot.id(), JobReference.Slot.RECOMMENDED_FOR_FRAMES))
                        .toList()
                : List.of();
    }
}
