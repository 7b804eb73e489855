package com.ourvidz.core.webhook;

import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Sends what is in the outbox. At least once: whoever dies after sending and before noting it leaves it to be sent again. */
public final class Outbox {

    /** Longer than any try takes. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private static final Duration KEPT = Duration.ofDays(30);

    private final WebhookStore store;
    private final JobStore jobs;
    private final Sender sender;
    private final RetrySchedule schedule;
    private final InstantSource clock;

    public Outbox(WebhookStore store, JobStore jobs, Sender sender, RetrySchedule schedule, InstantSource clock) {
        this.store = store;
        this.jobs = jobs;
        this.sender = sender;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** What is to be sent now, for {@link #deliver}; of each endpoint one thing at a time, so that a slow one holds up only itself. */
    public List<WebhookStore.Claim> due(int most) {
        return store.claim(most, LEASE);
    }

    /** Tries it once. The answer says what becomes of it; empty when somebody else has it by now. */
    public Optional<Verdict> deliver(WebhookStore.Claim claim) {
        var delivery = claim.delivery();
        var outcome = jobs.find(delivery.jobId(), claim.endpoint().userId())
                .map(job -> sender.send(claim.endpoint(), delivery.id(), event(delivery, job)))
                .orElseGet(() -> Outcome.unanswered("The job is gone."));
        var verdict = verdict(delivery, outcome);
        return Optional.of(verdict).filter(it -> store.note(claim, outcome, it));
    }

    /** Forgets what is long over. Called from time to time. */
    public void sweep() {
        store.forget(clock.instant().minus(KEPT));
    }

    private static Event event(Delivery delivery, Job job) {
        return new Event(delivery.type(), delivery.createdAt(), Optional.of(job));
    }

    private Verdict verdict(Delivery delivery, Outcome outcome) {
        if (outcome.delivered()) {
            return new Verdict.Delivered();
        }
        if (outcome.gone()) {
            return new Verdict.Gone();
        }
        return schedule.next(delivery.attempts(), outcome, clock.instant())
                .<Verdict>map(Verdict.Again::new)
                .orElseGet(Verdict.Dead::new);
    }
}
