package com.ourvidz.core.job;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where a job stands in its life: {@code queued → processing → completed | failed}. The legal transitions stand in
 * {@link Status#predecessors()}, and stores change a status through nothing else.
 */
public sealed interface JobState {

    /** Accepted and charged, waiting for a worker. */
    record Queued() implements JobState {}

    /**
     * Held by a worker.
     *
     * @param progress 0 to 100
     * @param stage what the worker is doing, in a word or two
     */
    record Processing(Instant startedAt, int progress, String stage) implements JobState {}

    /** Done; its assets are published. */
    record Completed(Instant startedAt, Instant completedAt) implements JobState {}

    /** Ended without assets, and refunded. */
    record Failed(Optional<Instant> startedAt, Instant completedAt, String message, boolean cancelled)
            implements JobState {}

    default Status status() {
        return switch (this) {
            case Queued queued -> Status.QUEUED;
            case Processing processing -> Status.PROCESSING;
            case Completed completed -> Status.COMPLETED;
            case Failed failed -> Status.FAILED;
        };
    }

    /** The documented status values. */
    enum Status {
        QUEUED,
        PROCESSING,
        COMPLETED,
        FAILED;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The statuses from which a job may come to this one. Nothing leaves completed or failed. */
        public Set<Status> predecessors() {
            return switch (this) {
                case QUEUED -> EnumSet.of(PROCESSING); // released, or its worker died
                case PROCESSING -> EnumSet.of(QUEUED);
                case COMPLETED -> EnumSet.of(PROCESSING);
                case FAILED -> EnumSet.of(QUEUED, PROCESSING);
            };
        }
    }
}
