package com.ourvidz.core.estimate;

import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.catalog.Queue;
import com.ourvidz.core.job.Job;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a queue holds, and how long such jobs took. What each question costs does not grow with the number of jobs. */
public interface Workload {

    /** Jobs that take about as long as each other. */
    record Kind(JobType type, int numImages) {

        static Kind of(Job job) {
            return new Kind(job.order().type(), job.order().numImages());
        }
    }

    /**
     * A job that a worker holds.
     *
     * @param progress 0 to 100
     */
    record Running(Kind kind, int progress) {}

    /** How many jobs of each kind wait in the queue; of a queue longer than {@code most}, a part of so many. */
    Map<Kind, Integer> waiting(Queue queue, int most);

    List<Running> running(Queue queue);

    /** For how long the workers had the jobs of this kind that were completed last, newest first. */
    List<Duration> completed(Kind kind, int most);
}
