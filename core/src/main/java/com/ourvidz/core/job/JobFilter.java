package com.ourvidz.core.job;

import com.ourvidz.core.catalog.JobType;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Which of a user's jobs a list is to show; what is left empty does not narrow it.
 *
 * @param from the earliest moment of creation
 * @param to the moment of creation from which on none is shown
 * @param text what the prompt holds, in whatever case
 */
public record JobFilter(
        Optional<JobState.Status> status,
        Optional<JobType> type,
        Optional<String> projectId,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> text) {

    public static final JobFilter NONE = new JobFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public static JobFilter of(JobState.Status status) {
        return new JobFilter(
                Optional.of(status),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Whether the prompt holds the text. Databases disagree about the case of letters beyond ASCII, so that this is decided here. */
    public boolean isIn(String prompt) {
        return text.map(JobFilter::folded).map(folded(prompt)::contains).orElse(true);
    }

    /** By way of upper case, in which more letters are one. */
    private static String folded(String text) {
        return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
