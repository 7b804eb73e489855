package com.ourvidz.server.event;

import com.ourvidz.core.job.Job;
import java.util.Optional;

/**
 * A job as a client is shown it, and what of that changes without the job itself.
 *
 * @param place in the queue, from 1
 * @param preview where its preview is
 * @param json the whole, on one line
 */
public record Shown(Optional<Integer> place, Optional<String> preview, String json) {

    /** Shows jobs to one client. Called by another thread than the one that answered it. */
    @FunctionalInterface
    public interface View {

        /**
         * The job as it stands.
         *
         * @param place in the queue, from 1; empty where it does not wait
         */
        Shown of(Job job, Optional<Integer> place);
    }

    /** Whether a client that has the one needs not be told the other; how long the job will take is told along with what else changes. */
    boolean isLike(Shown other) {
        return place.equals(other.place) && preview.equals(other.preview);
    }
}
