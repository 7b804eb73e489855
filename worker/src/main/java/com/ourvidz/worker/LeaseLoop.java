package com.ourvidz.worker;

import com.ourvidz.core.catalog.Queue;
import com.ourvidz.core.lease.WorkerProtocol.LeaseRequest;
import com.ourvidz.core.lease.WorkerProtocol.LeasedJob;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker's life: lease a job, do it, lease the next; one at a time. While the server is gone it keeps asking. */
final class LeaseLoop {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseLoop.class);
    private static final int LONG_POLL_SECONDS = 20;

    private final ServerClient server;
    private final Retries retries;
    private final Engine engine;
    private final LeaseRequest request;

    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean stopping;
    private @Nullable LeasedJob current;
    private @Nullable Thread runner;

    LeaseLoop(ServerClient server, Retries retries, Engine engine, String workerId, Queue queue) {
        this.server = server;
        this.retries = retries;
        this.engine = engine;
        this.request = new LeaseRequest(workerId, queue.id(), engine.model(), LONG_POLL_SECONDS);
    }

    /**
     * Works until it is stopped.
     *
     * @return false when it ended of itself because this process is not to be trusted any more
     * @throws RefusedException when the server does not accept this worker
     */
    boolean run() {
        try {
            start();
            while (!isStopping()) {
                var job = lease();
                if (job.isPresent() && !work(job.get())) {
                    return false;
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("Stopped while waiting for a job.");
        } finally {
            ended.countDown();
        }
        return true;
    }

    /** Leases no more jobs, and lets the present one end within the grace time; after that it is given back. Returns when that is done. */
    void stop(Duration grace) throws InterruptedException {
        stopLeasing();
        if (!ended.await(grace.toMillis(), TimeUnit.MILLISECONDS)) {
            release(job());
        }
    }

    private Optional<LeasedJob> lease() throws InterruptedException {
        for (var failures = 1; ; failures++) {
            var asked = Stopwatch.start();
            try {
                var job = server.lease(request);
                if (job.isEmpty() && asked.seconds() < 1) {
                    retries.pause(1); // a server that is stopping answers at once
                }
                return job;
            } catch (IOException | StaleLeaseException e) {
                LOG.warn("No answer to the request for a job, asking again: {}", e.toString());
            } catch (RefusedException e) {
                if (e.isAboutTheKey()) {
                    throw e;
                }
                LOG.warn("The request for a job was refused, asking again: {}", e.getMessage());
            }
            retries.pause(failures);
        }
    }

    private boolean work(LeasedJob job) throws InterruptedException {
        if (!begin(job)) {
            release(Optional.of(job));
            return true;
        }
        try {
            return new Attempt(server, retries, engine, job).run();
        } finally {
            end();
        }
    }

    private void release(Optional<LeasedJob> job) throws InterruptedException {
        try {
            if (job.isPresent()) {
                server.release(job.get().fence());
                LOG.info("Job {} was given back.", job.get().jobId());
            }
        } catch (IOException | RefusedException | StaleLeaseException e) {
            LOG.warn("A job could not be given back; its lease will expire: {}", e.toString());
        }
    }

    private synchronized void start() {
        runner = Thread.currentThread();
    }

    /** An idle runner is woken from its long poll; a working one ends its job first. */
    private synchronized void stopLeasing() {
        stopping = true;
        if (current == null && runner != null) {
            runner.interrupt();
        }
    }

    /** Whether the job may begin; it may not when the stop came while it was being leased. */
    private synchronized boolean begin(LeasedJob job) {
        if (stopping) {
            Thread.interrupted(); // the job is given back by this thread, in peace
            return false;
        }
        current = job;
        return true;
    }

    private synchronized void end() {
        current = null;
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private synchronized Optional<LeasedJob> job() {
        return Optional.ofNullable(current);
    }
}
