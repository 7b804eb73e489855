package com.ourvidz.core.webhook;

import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobState;
import java.time.Instant;
import java.util.Optional;

/**
 * What an endpoint is told.
 *
 * @param timestamp when it happened
 * @param job the job that has ended; empty for a test
 */
public record Event(String type, Instant timestamp, Optional<Job> job) {

    private static final String TEST = "webhook.test";

    /** The type of the event that a job ended in this state. */
    public static String type(JobState.Status ended) {
        return "job." + ended.id();
    }

    static Event test(Instant now) {
        return new Event(TEST, now, Optional.empty());
    }

    /** How events are written. */
    public interface Bodies {

        /**
         * The event as JSON, in UTF-8; assets as signed URLs that hold from now on.
         *
         * @param origin what these URLs begin with
         */
        byte[] json(Event event, String origin);
    }
}
