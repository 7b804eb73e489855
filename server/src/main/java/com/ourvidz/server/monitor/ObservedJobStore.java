package com.ourvidz.server.monitor;

import com.ourvidz.core.Fence;
import com.ourvidz.core.Page;
import com.ourvidz.core.catalog.Queue;
import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobFilter;
import com.ourvidz.core.job.JobOrder;
import com.ourvidz.core.job.JobState;
import com.ourvidz.core.job.JobStore;
import com.ourvidz.server.log.JobOfRecords;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job store that logs each step of a job under its id, and counts what became of it. */
public final class ObservedJobStore implements JobStore {

    private static final Logger LOG = LoggerFactory.getLogger("com.ourvidz.jobs");

    private final JobStore store;
    private final JobMeters meters;

    public ObservedJobStore(JobStore store, MeterRegistry meters, InstantSource clock) {
        this.store = store;
        this.meters = new JobMeters(meters, clock);
    }

    @Override
    public Acceptance accept(String userId, JobOrder order, Optional<IdempotencyKey> key, Limits limits) {
        var acceptance = store.accept(userId, order, key, limits);
        if (!acceptance.replayed()) {
            meters.count(order.type(), "accepted");
            try (var _ = JobOfRecords.of(acceptance.job().id())) {
                LOG.info("accepted: {} for {}", order.type().id(), userId);
                LOG.debug("prompt: {}", order.prompt());
            }
        }
        return acceptance;
    }

    @Override
    public Optional<Claim> claim(Queue queue, String workerId) {
        var claim = store.claim(queue, workerId);
        claim.ifPresent(it -> leased(it, workerId));
        return claim;
    }

    private void leased(Claim claim, String workerId) {
        about(
                claim.job().id(),
                () -> LOG.info(
                        "leased by {}, attempt {}", workerId, claim.fence().attempt()));
        meters.leased(claim.job(), claim.fence().attempt());
    }

    @Override
    public boolean complete(Fence fence, List<UUID> assets, Map<String, Object> report) {
        var job = store.held(fence);
        var completed = store.complete(fence, assets, report);
        if (completed) {
            about(fence.jobId(), () -> LOG.info("completed with {} assets", assets.size()));
            job.ifPresent(it -> meters.completed(it, report));
        }
        return completed;
    }

    @Override
    public boolean fail(Fence fence, String message, Map<String, Object> report) {
        var job = store.held(fence);
        var failed = store.fail(fence, message, report);
        if (failed) {
            about(fence.jobId(), () -> LOG.warn("failed: {}", message));
            job.ifPresent(it -> meters.count(it.order().type(), "failed"));
        }
        return failed;
    }

    @Override
    public boolean release(Fence fence) {
        var released = store.release(fence);
        if (released) {
            about(fence.jobId(), () -> LOG.info("given back"));
        }
        return released;
    }

    @Override
    public Optional<Job> cancel(UUID id, String userId) {
        var running = store.find(id, userId).filter(ObservedJobStore::running);
        var job = store.cancel(id, userId);
        if (running.isPresent() && job.filter(ObservedJobStore::running).isEmpty()) {
            about(id, () -> LOG.info("cancelled"));
            job.ifPresent(it -> meters.count(it.order().type(), "cancelled"));
        }
        return job;
    }

    @Override
    public List<Job> workerDied(String workerId, Death death) {
        return ended(store.workerDied(workerId, death), "its worker was " + death);
    }

    @Override
    public List<Job> workersGone(String idPrefix) {
        return ended(store.workersGone(idPrefix), "its worker ended with the server");
    }

    @Override
    public void renewLeases() {
        store.renewLeases();
    }

    @Override
    public List<Job> sweep() {
        return ended(store.sweep(), "its lease expired");
    }

    /** Jobs that were taken from their workers: queued again, or failed by the store itself. */
    private List<Job> ended(List<Job> jobs, String why) {
        for (var job : jobs) {
            if (job.state() instanceof JobState.Failed failed) {
                about(job.id(), () -> LOG.warn("failed: {}", failed.message()));
                meters.count(job.order().type(), "failed");
            } else {
                about(job.id(), () -> LOG.warn("queued again: {}", why));
            }
        }
        return jobs;
    }

    @Override
    public Optional<Job> find(UUID id, String userId) {
        return store.find(id, userId);
    }

    @Override
    public List<Job> findAll(Set<UUID> ids) {
        return store.findAll(ids);
    }

    @Override
    public List<Job> open(Set<String> users) {
        return store.open(users);
    }

    @Override
    public List<Job> ended(Set<String> users, Instant since, int limit) {
        return store.ended(users, since, limit);
    }

    @Override
    public Page<Job> list(String userId, JobFilter filter, Optional<Page.Cursor> after, int limit) {
        return store.list(userId, filter, after, limit);
    }

    @Override
    public Optional<Integer> queuePosition(UUID id) {
        return store.queuePosition(id);
    }

    @Override
    public List<UUID> line(Queue queue) {
        return store.line(queue);
    }

    @Override
    public Figures figures(Queue queue) {
        return store.figures(queue);
    }

    @Override
    public Optional<Job> held(Fence fence) {
        return store.held(fence);
    }

    @Override
    public boolean heartbeat(Fence fence, int progress, String stage) {
        return store.heartbeat(fence, progress, stage);
    }

    private static void about(UUID job, Runnable writing) {
        try (var _ = JobOfRecords.of(job)) {
            writing.run();
        }
    }

    private static boolean running(Job job) {
        return job.state() instanceof JobState.Queued || job.state() instanceof JobState.Processing;
    }
}
