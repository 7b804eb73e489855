package com.ourvidz.core.asset;

import com.ourvidz.core.catalog.JobType;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Which assets of a user are asked for: those that are all of what is said.
 *
 * @param from the first moment of their creation
 * @param to the first moment after
 * @param favourite those that the user prefers, or those not
 * @param text stands in the prompt; upper and lower case of ASCII letters are the same
 */
public record AssetFilter(
        Optional<JobType> type,
        Optional<Kind> kind,
        Optional<UUID> jobId,
        Optional<String> projectId,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<Boolean> favourite,
        Optional<String> text) {

    /** What there are assets of. */
    public enum Kind {
        IMAGE,
        VIDEO;

        public static Optional<Kind> of(String id) {
            return Stream.of(values()).filter(kind -> kind.id().equals(id)).findFirst();
        }

        public static Kind of(JobType type) {
            return type.isVideo() ? VIDEO : IMAGE;
        }

        /** The name in requests and answers, and the first half of its media types. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static AssetFilter all() {
        return ofJob(Optional.empty());
    }

    public static AssetFilter ofJob(UUID jobId) {
        return ofJob(Optional.of(jobId));
    }

    private static AssetFilter ofJob(Optional<UUID> jobId) {
        return new AssetFilter(
                Optional.empty(),
                Optional.empty(),
                jobId,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
