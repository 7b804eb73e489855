package com.ourvidz.server.monitor;

import com.ourvidz.core.Fence;
import com.ourvidz.core.Page;
import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.catalog.Queue;
import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobOrder;
import com.ourvidz.core.job.JobState;
import com.ourvidz.core.job.JobStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job store that logs each step of a job under its id, and counts what became of it. */
public final class ObservedJobStore implements JobStore {

    private static final Logger LOG = LoggerFactory.getLogger("com.ourvidz.jobs");

    private final JobStore store;
    private final MeterRegistry meters;
    private final InstantSource clock;

    public ObservedJobStore(JobStore store, MeterRegistry meters, InstantSource clock) {
        this.store = store;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public Acceptance accept(String userId, JobOrder order, Optional<IdempotencyKey> key, Limits limits) {
        var acceptance = store.accept(userId, order, key, limits);
        if (!acceptance.replayed()) {
            count(order.type(), "accepted");
            LOG.info(
                    "{} accepted: {} for {}",
                    acceptance.job().id(),
                    order.type().id(),
                    userId);
            LOG.debug("{} prompt: {}", acceptance.job().id(), order.prompt());
        }
        return acceptance;
    }

    @Override
    public Optional<Claim> claim(Queue queue, String workerId) {
        var claim = store.claim(queue, workerId);
        claim.ifPresent(it -> LOG.info(
                "{} leased by {}, attempt {}",
                it.job().id(),
                workerId,
                it.fence().attempt()));
        return claim;
    }

    @Override
    public boolean complete(Fence fence, List<UUID> assets, Map<String, Object> report) {
        var job = store.held(fence);
        var completed = store.complete(fence, assets, report);
        if (completed) {
            LOG.info("{} completed with {} assets", fence.jobId(), assets.size());
            job.ifPresent(this::completed);
        }
        return completed;
    }

    @Override
    public boolean fail(Fence fence, String message, Map<String, Object> report) {
        var job = store.held(fence);
        var failed = store.fail(fence, message, report);
        if (failed) {
            LOG.warn("{} failed: {}", fence.jobId(), message);
            job.ifPresent(it -> count(it.order().type(), "failed"));
        }
        return failed;
    }

    @Override
    public boolean release(Fence fence) {
        var released = store.release(fence);
        if (released) {
            LOG.info("{} given back", fence.jobId());
        }
        return released;
    }

    @Override
    public Optional<Job> cancel(UUID id, String userId) {
        var running = store.find(id, userId).filter(ObservedJobStore::running);
        var job = store.cancel(id, userId);
        if (running.isPresent() && job.filter(ObservedJobStore::running).isEmpty()) {
            LOG.info("{} cancelled", id);
            job.ifPresent(it -> count(it.order().type(), "cancelled"));
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
                LOG.warn("{} failed: {}", job.id(), failed.message());
                count(job.order().type(), "failed");
            } else {
                LOG.warn("{} is queued again: {}", job.id(), why);
            }
        }
        return jobs;
    }

    @Override
    public Optional<Job> find(UUID id, String userId) {
        return store.find(id, userId);
    }

    @Override
    public Page<Job> list(String userId, Optional<Page.Cursor> after, int limit) {
        return store.list(userId, after, limit);
    }

    @Override
    public Optional<Integer> queuePosition(UUID id) {
        return store.queuePosition(id);
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

    private void completed(Job job) {
        count(job.order().type(), "completed");
        if (job.state() instanceof JobState.Processing processing) {
            meters.timer("ourvidz.generation", "type", job.order().type().id())
                    .record(Duration.between(processing.startedAt(), clock.instant()));
        }
    }

    private void count(JobType type, String outcome) {
        meters.counter("ourvidz.jobs", "type", type.id(), "outcome", outcome).increment();
    }

    private static boolean running(Job job) {
        return job.state() instanceof JobState.Queued || job.state() instanceof JobState.Processing;
    }
}
