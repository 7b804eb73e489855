package com.ourvidz.server.monitor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.ourvidz.core.Page;
import com.ourvidz.core.catalog.Queue;
import com.ourvidz.core.estimate.Estimates;
import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobFilter;
import com.ourvidz.core.job.JobState;
import com.ourvidz.core.job.JobStore;
import com.ourvidz.core.worker.Roster;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How busy the platform is: numbers, and nothing of anybody's jobs but the caller's own. */
@RestController
public class QueueStatusResource {

    private static final JobFilter WAITING = JobFilter.of(JobState.Status.QUEUED);

    private final JobStore jobs;
    private final Roster roster;
    private final Estimates estimates;

    public QueueStatusResource(JobStore jobs, Roster roster, Estimates estimates) {
        this.jobs = jobs;
        this.roster = roster;
        this.estimates = estimates;
    }

    /** @param queueDepth waiting jobs in all queues */
    record QueueStatus(int queueDepth, List<QueueView> queues) {}

    /**
     * One queue.
     *
     * @param depth waiting jobs
     * @param oldestWaitSeconds 0 when nothing waits
     * @param workers those that were heard of within a day
     * @param yours the caller's waiting jobs, the next one first; the newest 100 of them
     */
    record QueueView(
            String queue,
            int depth,
            int processing,
            long oldestWaitSeconds,
            List<WorkerView> workers,
            List<Waiting> yours) {}

    /** @param state {@code idle} or {@code busy}, or {@code unseen} when nothing was heard for two leases */
    record WorkerView(String id, String model, String state, Instant lastSeen) {}

    /**
     * A waiting job of the caller.
     *
     * @param position among all that wait in the queue, from 1
     * @param etaSeconds until it is done; left out when it is not known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Waiting(
            UUID id, String jobType, int position, @Nullable Long etaSeconds) {}

    @GetMapping("/api/queue-status")
    QueueStatus status(Principal user) {
        var own = jobs.list(user.getName(), WAITING, Optional.empty(), Page.MAX_SIZE)
                .items();
        var queues = Stream.of(Queue.values()).map(queue -> view(queue, own)).toList();
        return new QueueStatus(queues.stream().mapToInt(QueueView::depth).sum(), queues);
    }

    private QueueView view(Queue queue, List<Job> own) {
        var figures = jobs.figures(queue);
        return new QueueView(
                queue.id(),
                figures.depth(),
                figures.processing(),
                figures.oldestWaitSeconds(),
                workers(queue),
                own.stream()
                        .filter(job -> job.order().type().queue() == queue)
                        .flatMap(job -> waiting(job).stream())
                        .sorted(Comparator.comparingInt(Waiting::position))
                        .toList());
    }

    private List<WorkerView> workers(Queue queue) {
        var living = roster.living(queue).stream().map(Roster.Worker::id).toList();
        return roster.known(queue).stream()
                .map(worker -> view(worker, living.contains(worker.id())))
                .toList();
    }

    private static WorkerView view(Roster.Worker worker, boolean living) {
        var heard = worker.busy() ? "busy" : "idle";
        return new WorkerView(worker.id(), worker.model(), living ? heard : "unseen", worker.lastSeen());
    }

    /** Empty for a job that has been taken meanwhile. */
    private Optional<Waiting> waiting(Job job) {
        return jobs.queuePosition(job.id())
                .map(position -> new Waiting(
                        job.id(),
                        job.order().type().id(),
                        position,
                        estimates
                                .untilDone(job, Optional.of(position))
                                .map(Duration::toSeconds)
                                .orElse(null)));
    }
}
