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

    /** What was rendered in place of a prompt, and who wrote it. */
    public record Enhancement(String prompt, String by) {

        private static final String PROMPT = "prompt";
        private static final String BY = "by";

        private Map<String, Object> fields() {
            return Map.of(PROMPT, prompt, BY, by);
        }
    }

    /** The metadata field that {@link #enhancement} is kept in. Not one that a client can give. */
    private static final String ENHANCEMENT = "enhancement";

    /** The same order, with what is to be rendered in place of its prompt. */
    JobOrder rendering(Enhancement enhancement) {
        return noting(ENHANCEMENT, enhancement.fields());
    }

    /** What is to be rendered in place of the prompt: where the order makes an enhanced job again, what was rendered then. */
    public Optional<Enhancement> enhancement() {
        return metadata.get(ENHANCEMENT) instanceof Map<?, ?> fields
                        && fields.get(Enhancement.PROMPT) instanceof String text
                        && fields.get(Enhancement.BY) instanceof String writer
                ? Optional.of(new Enhancement(text, writer))
                : Optional.empty();
    }

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
