package com.ourvidz.server.job;

import com.ourvidz.core.Rejection;
import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.job.JobFilter;
import com.ourvidz.core.job.JobState.Status;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what a list of jobs is narrowed by. What cannot be read is refused, for else the list would show what nobody asked for. */
final class Filters {

    private static final Pattern PROJECT = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int LONGEST_TEXT = 200;
    private static final int LAST_YEAR = 9999;

    private Filters() {}

    static JobFilter read(
            Optional<String> status,
            Optional<String> type,
            Optional<String> projectId,
            Optional<String> from,
            Optional<String> to,
            Optional<String> text) {
        return new JobFilter(
                status.map(Filters::status),
                type.map(Filters::type),
                projectId.map(Filters::project),
                from.map(time -> time("from", time)),
                to.map(time -> time("to", time)),
                text.map(Filters::text));
    }

    private static Status status(String id) {
        return Stream.of(Status.values())
                .filter(status -> status.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Rejection.invalid("status must be one of "
                        + Stream.of(Status.values()).map(Status::id).collect(Collectors.joining(", ")) + "."));
    }

    private static JobType type(String id) {
        return JobType.of(id)
                .orElseThrow(() -> Rejection.invalid("Unknown job type.").with("validJobTypes", JobType.ids()));
    }

    private static String project(String id) {
        if (PROJECT.matcher(id).matches()) {
            return id;
        }
        throw Rejection.invalid("projectId must be 1 to 64 letters, digits, '-' or '_'.");
    }

    private static Instant time(String name, String text) {
        try {
            var time = OffsetDateTime.parse(text);
            if (time.getYear() >= 0 && time.getYear() <= LAST_YEAR) {
                return time.toInstant();
            }
        } catch (DateTimeException e) {
            // said below, in the same sentence as for a time beyond all calendars
        }
        throw Rejection.invalid(name + " must be a time with its zone, for instance 2026-01-31T12:00:00Z.");
    }

    private static String text(String text) {
        if (text.isBlank() || text.length() > LONGEST_TEXT) {
            throw Rejection.invalid("text must be 1 to " + LONGEST_TEXT + " characters.");
        }
        return text.strip();
    }
}
