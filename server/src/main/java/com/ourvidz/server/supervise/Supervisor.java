package com.ourvidz.server.supervise;

import com.ourvidz.core.catalog.Queue;
import com.ourvidz.core.job.JobStore.Death;
import com.ourvidz.core.lease.Leases;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one worker process a queue alive. When one ends unasked, its jobs go to others at once instead of after their leases, and it is
 * started again. Everything happens on one thread, so a worker's end and the supervisor's own never cross.
 */
public final class Supervisor implements AutoCloseable {

    /** Ids of local workers begin with this. */
    public static final String LOCAL = "local-";

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    private final Leases leases;
    private final WorkerCommand command;
    private final Map<String, String> environment;
    private final Duration grace;
    private final Map<Queue, WorkerProcess> running = new LinkedHashMap<>();
    private final Map<Queue, Backoff> backoffs = new HashMap<>();
    private boolean stopping;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("supervisor").daemon().factory());

    /**
     * A supervisor that has not started anything yet.
     *
     * @param environment what every worker finds in its environment, besides its id and queue
     * @param grace how long a worker may take to stop
     */
    public Supervisor(Leases leases, WorkerCommand command, Map<String, String> environment, Duration grace) {
        this.leases = leases;
        this.command = command;
        this.environment = Map.copyOf(environment);
        this.grace = grace;
    }

    /** Takes back what workers of an earlier life of the server held, and starts one a queue. */
    public void start(Set<Queue> queues) {
        leases.workersGone(LOCAL);
        queues.forEach(queue -> thread.execute(() -> launch(queue)));
    }

    /** Stops the workers and waits for them, up to the grace time. */
    @Override
    public void close() {
        CompletableFuture.runAsync(this::stopAll, thread).join();
        thread.shutdownNow();
    }

    private void launch(Queue queue) {
        if (stopping) {
            return;
        }
        var id = LOCAL + queue.id() + "-" + UUID.randomUUID().toString().substring(0, 8);
        try {
            var worker = WorkerProcess.start(id, command.of(queue), environment(queue, id));
            running.put(queue, worker);
            LOG.info("Worker {} started, process {}", id, worker.pid());
            var _ = worker.onExit().thenRunAsync(() -> ended(queue, worker), thread);
        } catch (IOException e) {
            LOG.error("Worker {} could not be started", id, e);
            relaunch(queue, Death.CRASHED, Duration.ZERO);
        }
    }

    private void ended(Queue queue, WorkerProcess worker) {
        if (stopping) {
            return;
        }
        running.remove(queue);
        LOG.warn(
                "Worker {} ended with status {} after {} s",
                worker.id(),
                worker.exitValue(),
                worker.age().toSeconds());
        takeBack(worker);
        relaunch(queue, worker.death(), worker.age());
    }

    private void takeBack(WorkerProcess worker) {
        try {
            leases.workerDied(worker.id(), worker.death());
        } catch (RuntimeException e) {
            LOG.error(
                    "The jobs of {} could not be taken back; they come back when their leases expire", worker.id(), e);
        }
    }

    /** At once when it was killed: that says nothing about the next one. */
    private void relaunch(Queue queue, Death death, Duration age) {
        var delay = death == Death.KILLED
                ? Duration.ZERO
                : backoffs.computeIfAbsent(queue, each -> new Backoff()).afterDeathAt(age);
        var _ = thread.schedule(() -> launch(queue), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void stopAll() {
        stopping = true;
        var workers = List.copyOf(running.values());
        running.clear();
        try (var each = Executors.newVirtualThreadPerTaskExecutor()) {
            workers.forEach(worker -> each.execute(() -> stop(worker)));
        }
    }

    private void stop(WorkerProcess worker) {
        worker.stop(grace);
        LOG.info("Worker {} stopped", worker.id());
        leases.workerDied(worker.id(), Death.KILLED);
    }

    private Map<String, String> environment(Queue queue, String id) {
        var all = new HashMap<>(environment);
        all.put("OURVIDZ_WORKER_ID", id);
        all.put("OURVIDZ_WORKER_QUEUE", queue.id());
        return all;
    }
}
