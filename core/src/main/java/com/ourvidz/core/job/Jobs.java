package com.ourvidz.core.job;

import com.ourvidz.core.Page;
import com.ourvidz.core.Rejection;
import com.ourvidz.core.catalog.Queue;
import com.ourvidz.core.reference.ReferenceSource;
import com.ourvidz.core.reference.UsableReferences;
import com.ourvidz.core.safety.ContentPolicy;
import com.ourvidz.core.worker.Roster;
import com.ourvidz.core.worker.Signals;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What users do with jobs. */
public final class Jobs {

    private final OrderReader orders;
    private final UsableReferences references;
    private final ContentPolicy policy;
    private final JobStore store;
    private final Signals signals;
    private final Roster roster;
    private final Set<Queue> ownQueues;
    private final JobStore.Limits limits;
    private final Previews previews;

    /**
     * Wires the use cases.
     *
     * @param ownQueues the queues for which this platform has an engine; others are open only while a remote worker serves them
     */
    public Jobs(
            OrderReader orders,
            UsableReferences references,
            ContentPolicy policy,
            JobStore store,
            Signals signals,
            Roster roster,
            Set<Queue> ownQueues,
            JobStore.Limits limits,
            Previews previews) {
        this.orders = orders;
        this.references = references;
        this.policy = policy;
        this.store = store;
        this.signals = signals;
        this.roster = roster;
        this.ownQueues = Set.copyOf(ownQueues);
        this.limits = limits;
        this.previews = previews;
    }

    /** Checks, accepts and charges a job, and wakes a worker for it. */
    public JobStore.Acceptance submit(
            String userId, Map<String, ?> body, Optional<JobStore.IdempotencyKey> idempotencyKey) {
        return accept(userId, orders.read(body, url -> references.find(userId, url)), idempotencyKey);
    }

    /**
     * Orders the user's job once more, as it was recorded or with what the request changes: {@code index} for one of its images alone, and any
     * field of an order. Checked, accepted and charged as any job.
     */
    public JobStore.Acceptance regenerate(
            UUID id, String userId, Map<String, ?> request, Optional<JobStore.IdempotencyKey> idempotencyKey) {
        var recorded = find(id, userId);
        if (!recorded.readable()) {
            throw Rejection.of(
                    Rejection.Reason.CONFLICT,
                    "This version of the platform cannot read all of what was ordered. Order it anew.");
        }
        var again = new Regeneration(recorded, request);
        return accept(userId, again.order(orders, url -> usable(userId, again, url)), idempotencyKey);
    }

    /** A recorded picture is known by its source: for which host its URL was made, and until when, does not matter any more. */
    private Optional<ReferenceSource> usable(String userId, Regeneration again, String url) {
        return again.recorded(url)
                .filter(source -> references.isUsable(userId, source))
                .or(() -> references.find(userId, url));
    }

    private JobStore.Acceptance accept(
            String userId, JobOrder order, Optional<JobStore.IdempotencyKey> idempotencyKey) {
        policy.check(new ContentPolicy.Asker(userId, order.type().id()), order.texts());
        requireConsent(order);
        requireServed(order.type().queue());
        var acceptance = store.accept(userId, order, idempotencyKey, limits);
        signals.wake(order.type().queue());
        signals.changed(acceptance.job().id());
        return acceptance;
    }

    public Job find(UUID id, String userId) {
        return store.find(id, userId).orElseThrow(Rejection::notFound);
    }

    /** What the job's worker last showed of it; empty while there is nothing, and when the job does not run. */
    public Optional<Preview> preview(Job job) {
        return Optional.of(job)
                .filter(running -> running.state() instanceof JobState.Processing)
                .flatMap(running -> previews.newest(running.id()))
                .filter(preview -> preview.attempt() == job.attempt());
    }

    public Page<Job> list(String userId, JobFilter filter, Optional<Page.Cursor> after, int limit) {
        return store.list(userId, filter, after, limit);
    }

    /** Cancels; what has already ended is a conflict. A worker that holds the job hears of it with its next heartbeat. */
    public Job cancel(UUID id, String userId) {
        var job = store.cancel(id, userId).orElseThrow(Rejection::notFound);
        if (job.state() instanceof JobState.Failed failed && failed.cancelled()) {
            previews.drop(id);
            signals.changed(id);
            return job;
        }
        throw Rejection.of(Rejection.Reason.CONFLICT, "The job has already ended.");
    }

    private void requireConsent(JobOrder order) {
        var consented = order.references().stream()
                .filter(reference -> reference.type().equals(Optional.of(JobReference.Type.CHARACTER)))
                .allMatch(reference -> references.consented(reference.source()));
        if (!consented) {
            throw Rejection.invalid("A character reference needs the consent of the person that it shows.")
                    .with("referenceImageError", true)
                    .with(
                            "suggestedAction",
                            "Upload the picture with consent=true to state that the person agreed, or use another reference_type.");
        }
    }

    private void requireServed(Queue queue) {
        if (!ownQueues.contains(queue) && roster.living(queue).isEmpty()) {
            throw Rejection.of(Rejection.Reason.QUEUE_UNAVAILABLE, "No worker serves " + queue.id() + " at the moment.")
                    .with("retryable", true)
                    .with("suggestedAction", "Start a worker for this queue, or choose another job type.");
        }
    }
}
