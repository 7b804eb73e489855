package com.ourvidz.server.monitor;

import com.ourvidz.core.catalog.Queue;
import com.ourvidz.core.job.JobStore;
import com.ourvidz.core.worker.Roster;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How busy the platform is: numbers only, nothing of anybody's jobs. */
@RestController
public class QueueStatusResource {

    private final JobStore jobs;
    private final Roster roster;

    public QueueStatusResource(JobStore jobs, Roster roster) {
        this.jobs = jobs;
        this.roster = roster;
    }

    /** @param queueDepth waiting jobs in all queues */
    record QueueStatus(int queueDepth, List<QueueView> queues) {}

    /**
     * One queue.
     *
     * @param depth waiting jobs
     * @param oldestWaitSeconds 0 when nothing waits
     */
    record QueueView(String queue, int depth, int processing, long oldestWaitSeconds, List<WorkerView> workers) {}

    /** @param state {@code idle} or {@code busy} */
    record WorkerView(String id, String model, String state, Instant lastSeen) {}

    @GetMapping("/api/queue-status")
    QueueStatus status() {
        var queues = Stream.of(Queue.values()).map(this::view).toList();
        return new QueueStatus(queues.stream().mapToInt(QueueView::depth).sum(), queues);
    }

    private QueueView view(Queue queue) {
        var figures = jobs.figures(queue);
        return new QueueView(
                queue.id(),
                figures.depth(),
                figures.processing(),
                figures.oldestWaitSeconds(),
                roster.living(queue).stream().map(QueueStatusResource::view).toList());
    }

    private static WorkerView view(Roster.Worker worker) {
        return new WorkerView(worker.id(), worker.model(), worker.busy() ? "busy" : "idle", worker.lastSeen());
    }
}
