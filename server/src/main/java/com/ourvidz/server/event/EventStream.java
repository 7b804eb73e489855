package com.ourvidz.server.event;

import com.ourvidz.core.job.Job;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What one client watches, and its connection. */
sealed interface EventStream {

    String userId();

    Connection connection();

    /** Tells the client how a job stands that it watches, unless it knows. */
    void offer(Job job, Optional<Integer> place);

    /** Of one job. */
    record OfJob(UUID job, String userId, Shown.View view, JobOutbox outbox, Connection connection)
            implements EventStream {

        @Override
        public void offer(Job now, Optional<Integer> place) {
            var event = JobEvent.of(now, view.of(now, place));
            connection.tell(() -> outbox.offer(event));
        }
    }

    /**
     * Of all jobs of a user.
     *
     * @param since the moment from which on the client has to be told what ended
     */
    record OfUser(String userId, Instant since, Shown.View view, UserOutbox outbox, Connection connection)
            implements EventStream {

        @Override
        public void offer(Job now, Optional<Integer> place) {
            var event = JobEvent.of(now, view.of(now, place));
            connection.tell(() -> outbox.offer(event));
        }

        /** All that ended before the moment has been offered. */
        void upTo(Instant moment) {
            connection.tell(() -> outbox.upTo(moment));
        }

        void reload() {
            connection.tell(outbox::reload);
        }
    }
}
