package com.ourvidz.core.webhook;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * One event on its way to one endpoint.
 *
 * @param id the same on every try, so that the receiver can tell a repetition
 * @param type of the event, for instance {@code job.completed}
 * @param createdAt when the job ended
 * @param attempts tries begun so far
 * @param nextTry while it is pending; during a try, when that would be given up as lost
 * @param last what came of the last try
 */
public record Delivery(
        UUID id,
        UUID endpointId,
        UUID jobId,
        String type,
        Instant createdAt,
        State state,
        int attempts,
        Optional<Instant> nextTry,
        Optional<Tried> last) {

    /** Where a delivery stands. */
    public enum State {
        PENDING,
        DELIVERED,
        DEAD;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A try that is over. */
    public record Tried(Instant at, Outcome outcome) {}
}
