package com.ourvidz.core.job;

import com.ourvidz.core.catalog.JobType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a client orders, checked by {@link OrderReader}: everything in it is within its range.
 *
 * @param prompt 1 to 4,000 characters, trimmed; may be empty where the job starts from a picture
 * @param numImages how many assets the job makes
 * @param seed the first image's; 0 to {@link OrderReader#MAX_SEED}, or up to 5 more where the order is for a later image of an earlier job; drawn here where the client gave none, so that a job that is run again gives the same
 *     bytes
 * @param price credits that the job costs
 * @param references the pictures that the job refers to, each slot at most once
 * @param metadata the documented metadata fields as the client gave them, and the job that this one is made from where it is made again
 * @param warnings fields that were given and do not apply to the job type
 */
public record JobOrder(
        JobType type,
        String prompt,
        Optional<String> negativePrompt,
        int numImages,
        long seed,
        long price,
        List<JobReference> references,
        Map<String, Object> metadata,
        ClientIds clientIds,
        List<String> warnings) {

    /** The client's own ids, kept with the job and given back. */
    public record ClientIds(Optional<String> projectId, Optional<String> videoId, Optional<String> imageId) {}

    /** The same order with one more field in its metadata. */
    JobOrder noting(String field, Object value) {
        var more = new LinkedHashMap<>(metadata);
        more.put(field, value);
        return new JobOrder(
                type,
                prompt,
                negativePrompt,
                numImages,
                seed,
                price,
                references,
                Collections.unmodifiableMap(more),
                clientIds,
                warnings);
    }

    /** All that the order says in words. */
    public List<String> texts() {
        return Stream.of(
                        Optional.of(prompt),
                        negativePrompt,
                        clientIds.projectId(),
                        clientIds.videoId(),
                        clientIds.imageId())
                .flatMap(Optional::stream)
                .toList();
    }
}
