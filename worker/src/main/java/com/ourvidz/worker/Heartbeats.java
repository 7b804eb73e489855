package com.ourvidz.worker;

import com.ourvidz.core.Fence;
import com.ourvidz.core.lease.WorkerProtocol.LeasedJob;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Keeps one lease and says how far its job is, on a thread of its own: at every report and whenever the interval is over. Never more than
 * one heartbeat is on its way; of the reports that come meanwhile, the latest is sent next. Whoever reports never waits for the network.
 */
final class Heartbeats implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(10);

    private final ServerClient server;
    private final Fence fence;
    private final Duration interval;
    private final Thread sender;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition reported = lock.newCondition();
    private JobProgress latest = new JobProgress(0, "starting");
    private boolean unsent = true;
    private volatile boolean stale;

    private Heartbeats(ServerClient server, Fence fence, Duration interval) {
        this.server = server;
        this.fence = fence;
        this.interval = interval;
        this.sender = Thread.ofVirtual().name("heartbeats").unstarted(this::send);
    }

    /** Starts with a first heartbeat. A short lease gets several in its time. */
    static Heartbeats start(ServerClient server, LeasedJob job) {
        var third = Duration.ofSeconds(job.leaseSeconds()).dividedBy(3);
        var heartbeats =
                new Heartbeats(server, job.fence(), third.compareTo(LONGEST_INTERVAL) < 0 ? third : LONGEST_INTERVAL);
        heartbeats.sender.start();
        return heartbeats;
    }

    /**
     * Says how far the job is; an earlier, larger percentage stands.
     *
     * @throws StaleLeaseException when a heartbeat has been refused: the job is to be dropped
     */
    void report(JobProgress progress) {
        if (stale) {
            throw new StaleLeaseException();
        }
        lock.lock();
        try {
            latest = progress.notBehind(latest);
            unsent = true;
            reported.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the heartbeats; one that is on its way is abandoned. */
    @Override
    public void close() {
        sender.interrupt();
    }

    private void send() {
        try (var _ = MDC.putCloseable("job", fence.jobId().toString())) {
            while (true) {
                beat(next());
            }
        } catch (StaleLeaseException e) {
            stale = true;
        } catch (InterruptedException e) {
            LOG.debug("The job has ended.");
        }
    }

    private void beat(JobProgress progress) throws InterruptedException {
        try {
            server.heartbeat(fence, progress);
        } catch (IOException | RefusedException e) {
            LOG.warn("A heartbeat did not get through: {}", e.toString());
            Thread.sleep(interval.dividedBy(10)); // a server that is gone is not asked at every step
        }
    }

    private JobProgress next() throws InterruptedException {
        lock.lock();
        try {
            for (var left = interval.toNanos(); !unsent && left > 0; ) {
                left = reported.awaitNanos(left);
            }
            unsent = false;
            var next = latest;
            latest = next.withoutPreview();
            return next;
        } finally {
            lock.unlock();
        }
    }
}
