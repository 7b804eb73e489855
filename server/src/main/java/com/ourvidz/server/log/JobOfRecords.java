package com.ourvidz.server.log;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/** Which job the records of this thread belong to, until it is closed. */
public final class JobOfRecords implements AutoCloseable {

    /** Under this name records have it. */
    public static final String NAME = "job";

    private static final Pattern ROUTE =
            Pattern.compile("/(?:api|worker)/jobs/([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})(?:/.*)?");

    private final Optional<String> before = Optional.ofNullable(MDC.get(NAME));

    private JobOfRecords(Optional<String> job) {
        job.ifPresent(id -> MDC.put(NAME, id));
    }

    public static JobOfRecords of(UUID job) {
        return of(Optional.of(job.toString()));
    }

    /** None leaves it as it is. */
    public static JobOfRecords of(Optional<String> job) {
        return new JobOfRecords(job);
    }

    /** The job that a request is about; empty when it names none. */
    public static Optional<String> ofRoute(String path) {
        return Optional.of(ROUTE.matcher(path)).filter(route -> route.matches()).map(route -> route.group(1));
    }

    @Override
    public void close() {
        before.ifPresentOrElse(job -> MDC.put(NAME, job), () -> MDC.remove(NAME));
    }
}
