package com.ourvidz.core.job;

import com.ourvidz.core.Fence;
import com.ourvidz.core.Page;
import com.ourvidz.core.Rejection;
import com.ourvidz.core.catalog.Queue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The truth about jobs and the money they cost. Each method is one transaction, on the store's own clock; statuses change only along
 * {@link JobState.Status#predecessors()}. A worker's write returns whether its {@link Fence} still held; if not, nothing changed.
 */
public interface JobStore {

    /**
     * How a client names a request so that sending it twice has one effect.
     *
     * @param bodyHash tells the same request from another one under the same key
     */
    record IdempotencyKey(String key, String bodyHash) {}

    /** The most waiting jobs, in a queue and of a user. */
    record Limits(int queue, int user) {}

    /**
     * An accepted job.
     *
     * @param queueLength waiting jobs in the queue, this one included
     * @param replayed whether an earlier request with the same key is answered again
     */
    record Acceptance(Job job, int queueLength, boolean replayed) {}

    /** A claimed job and the fence for all that follows. */
    record Claim(Job job, Fence fence) {}

    /** What happened in a queue up to now. {@code oldestWaitSeconds} is 0 for an empty queue. */
    record Figures(int depth, int processing, long oldestWaitSeconds) {}

    /** Why a worker ended without giving its lease back. */
    enum Death {
        /** Of itself: a crash, or out of memory. The third one on the same job fails it, for the job may be the cause. */
        CRASHED,
        /** By somebody's hand, or with its server. Not the job's doing, so not counted. */
        KILLED
    }

    /**
     * Creates and charges the job, or answers an earlier one with the same idempotency key. A user seen for the first time is created with
     * the configured credits.
     *
     * @throws Rejection {@code INSUFFICIENT_CREDITS}, {@code TOO_MANY_REQUESTS} or {@code QUEUE_UNAVAILABLE} beyond the limits,
     *     {@code CONFLICT} for another body under the same key; then there is no job and no charge
     */
    Acceptance accept(String userId, JobOrder order, Optional<IdempotencyKey> key, Limits limits);

    /** The user's job; empty when there is none or it is somebody else's. */
    Optional<Job> find(UUID id, String userId);

    /** The jobs of these ids, at least one, whoever's they are: only for who has asked {@link #find} before. In no order. */
    List<Job> findAll(Set<UUID> ids);

    /** All waiting and running jobs of these users, at least one, in no order. */
    List<Job> open(Set<String> users);

    /** The jobs of these users, at least one, that ended at the moment or later: the {@code limit} that ended last, in no order. */
    List<Job> ended(Set<String> users, Instant since, int limit);

    /** All jobs of the user, newest first. */
    default Page<Job> list(String userId, Optional<Page.Cursor> after, int limit) {
        return list(userId, JobFilter.NONE, after, limit);
    }

    /**
     * The user's jobs that the filter lets through, newest first. What a page costs does not grow with the number of jobs: a search in prompts
     * looks at so many jobs and no more, so that a page may hold fewer than {@code limit}, or none, and have a next one all the same.
     */
    Page<Job> list(String userId, JobFilter filter, Optional<Page.Cursor> after, int limit);

    /**
     * The job's place among the queue's waiting jobs in the order of {@link #claim}, from 1; empty when the job is not waiting, or so far back
     * that the place is not known.
     */
    Optional<Integer> queuePosition(UUID id);

    /** The queue's waiting jobs in the order of {@link #claim}, as far back as {@link #queuePosition} counts. */
    List<UUID> line(Queue queue);

    Figures figures(Queue queue);

    /**
     * Leases the next waiting job of the queue, if there is one. Users take turns: before someone's first job goes at most one of each other
     * user's, however many they have waiting, and none waits for ever. A job that is queued again keeps its turn.
     */
    Optional<Claim> claim(Queue queue, String workerId);

    /** The job while the fence holds; empty when it is stale. */
    Optional<Job> held(Fence fence);

    /** Extends the lease and notes how far the job is; progress never goes back within an attempt. */
    boolean heartbeat(Fence fence, int progress, String stage);

    /** Publishes the attempt's staged assets and completes the job. False also when {@code assets} are not exactly those staged. */
    boolean complete(Fence fence, List<UUID> assets, Map<String, Object> report);

    /** Fails the job and refunds it. */
    boolean fail(Fence fence, String message, Map<String, Object> report);

    /** Puts the job back into its queue, for another worker. */
    boolean release(Fence fence);

    /**
     * Cancels the user's job and refunds it; a job that has already ended stays as it is.
     *
     * @return the job as it is then; empty when there is none or it is somebody else's
     */
    Optional<Job> cancel(UUID id, String userId);

    /**
     * Ends the worker's leases now instead of waiting for them to expire.
     *
     * @return the jobs that it held, as they are then: queued again, or failed
     */
    List<Job> workerDied(String workerId, Death death);

    /**
     * Ends all leases of workers whose id starts with the prefix: those that died with an earlier life of this server.
     *
     * @return the jobs that they held, queued again
     */
    List<Job> workersGone(String idPrefix);

    /** Gives every lease, and every attempt, its full time again from now. */
    void renewLeases();

    /**
     * Ends expired leases as {@link Death#CRASHED}, and fails jobs that have been generating for too long.
     *
     * @return the jobs concerned, as they are then: queued again, or failed
     */
    List<Job> sweep();
}
