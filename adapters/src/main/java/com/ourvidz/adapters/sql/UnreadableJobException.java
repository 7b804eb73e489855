package com.ourvidz.adapters.sql;

import java.util.UUID;

/** A job says what this version does not know: a newer one has written it, or somebody's hand. */
final class UnreadableJobException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final UUID jobId;

    UnreadableJobException(UUID jobId, RuntimeException cause) {
        super("Job " + jobId + " cannot be read.", cause);
        this.jobId = jobId;
    }

    UUID jobId() {
        return jobId;
    }
}
