package com.ourvidz.core.worker;

import com.ourvidz.core.catalog.Queue;
import java.time.Instant;
import java.util.List;

/** Who works, as far as the platform has heard. */
public interface Roster {

    /**
     * A worker that was heard of.
     *
     * @param busy whether it held a job when last heard of
     */
    record Worker(String id, Queue queue, String model, boolean busy, Instant lastSeen) {}

    /** Notes that a worker has just asked for work, or begun it. */
    void seen(String workerId, Queue queue, String model, boolean busy);

    /** Strikes a worker that is known to have ended. */
    void gone(String workerId);

    /** The workers of the queue that were heard of within the last two leases. */
    List<Worker> living(Queue queue);

    /** The workers of the queue that were heard of within the last day, living or not. */
    List<Worker> known(Queue queue);
}
