package com.ourvidz.server.job;

import com.ourvidz.core.estimate.Estimates;
import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobState;
import com.ourvidz.core.job.JobStore;
import com.ourvidz.core.job.Jobs;
import java.time.Duration;
import java.util.Optional;

/** What there is to say of a job that waits or runs. */
record Outlooks(Jobs jobs, JobStore store, Estimates estimates) {

    JobView.Outlook of(Job job) {
        // Only a waiting job has a position, and pollers ask mostly for others.
        Optional<Integer> position =
                job.state() instanceof JobState.Queued ? store.queuePosition(job.id()) : Optional.empty();
        return of(job, position);
    }

    /** @param position in the queue, where it waits and this is known */
    JobView.Outlook of(Job job, Optional<Integer> position) {
        return new JobView.Outlook(
                position,
                estimates.untilDone(job, position).map(Duration::toSeconds),
                jobs.preview(job).map(newest -> "/api/jobs/" + job.id() + "/preview"));
    }
}
