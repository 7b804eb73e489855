package com.ourvidz.server.lease;

import com.ourvidz.core.catalog.Queue;
import com.ourvidz.core.job.JobStore;
import com.ourvidz.core.lease.Leases;
import java.time.Duration;
import java.util.Optional;

/** Leasing, until the platform stops: then calls that wait for a job end, and no further job is given out. */
public final class OpenLeases {

    private static final Duration SLICE = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Leases leases;
    private volatile boolean open = true;

    public OpenLeases(Leases leases) {
        this.leases = leases;
    }

    public void stop() {
        open = false;
    }

    /** Waits in slices, so that stopping takes no longer than one. */
    Optional<JobStore.Claim> lease(String workerId, Queue queue, String model, Duration wait)
            throws InterruptedException {
        var deadline = System.nanoTime() + shorter(wait, LONGEST_WAIT).toNanos();
        while (open) {
            var left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            var claim = leases.lease(workerId, queue, model, shorter(left, SLICE));
            if (claim.isPresent() || left.isZero()) {
                return claim;
            }
        }
        return Optional.empty();
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
