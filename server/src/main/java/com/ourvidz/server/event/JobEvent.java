package com.ourvidz.server.event;

import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobState.Status;
import java.util.UUID;

/**
 * How a job stands, as a client is told it.
 *
 * @param status the event's name
 * @param version the job's, which is the event's id in a stream of this job
 */
record JobEvent(UUID job, Status status, long version, Shown shown) {

    static JobEvent of(Job job, Shown shown) {
        return new JobEvent(job.id(), job.state().status(), job.version(), shown);
    }

    /** That nothing comes after this. */
    static boolean isLast(Status status) {
        return status == Status.COMPLETED || status == Status.FAILED;
    }

    static boolean isLast(Job job) {
        return isLast(job.state().status());
    }

    /** A change of the job, which a client that comes back asks from on. */
    String numbered() {
        return "id: " + version + "\n" + unnumbered();
    }

    /** The same state seen anew: what changed is around the job, such as its place in the queue. */
    String unnumbered() {
        return "event: " + status.id() + "\ndata: " + shown.json() + "\n\n";
    }
}
