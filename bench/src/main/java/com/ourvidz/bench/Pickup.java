package com.ourvidz.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** Workers of a {@link QueueServer}, who take jobs and give them up at once. */
final class Pickup {

    private static final int WAIT_SECONDS = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Pickup() {}

    /**
     * From sending a job to the answer of a worker that has been waiting for it, one job after the other. The queue has to be empty.
     *
     * @throws IllegalStateException when a job was not taken
     */
    static Times times(QueueClient client, int perSecond, Duration duration)
            throws IOException, InterruptedException, ExecutionException {
        var jobs = (int) (perSecond * duration.toSeconds());
        var start = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var end = start + duration.plus(PATIENCE).toNanos();
            var worker = threads.submit(() -> take(client, jobs, end));
            var sent = new HashMap<String, Long>();
            for (var i = 0; i < jobs; i++) {
                Load.sleepUntil(start + i * 1_000_000_000L / perSecond);
                var now = System.nanoTime();
                sent.put(client.submit(i), now);
            }
            return between(sent, worker.get());
        }
    }

    /** Users and as many workers at once, and then the workers alone until the queue is empty. */
    static void flow(QueueClient client, int clients, Duration duration)
            throws InterruptedException, ExecutionException {
        var ordered = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var workers = IntStream.range(0, clients)
                    .mapToObj(i -> threads.submit(() -> takeAll(client, "bench-" + i, ordered)))
                    .toList();
            try {
                var _ = Load.closed(clients, duration, client::submit);
            } finally {
                ordered.set(true);
            }
            for (var worker : workers) {
                worker.get();
            }
        }
    }

    /** The time at which each of so many jobs was taken. */
    private static Map<String, Long> take(QueueClient client, int jobs, long end)
            throws IOException, InterruptedException {
        var taken = new HashMap<String, Long>();
        while (taken.size() < jobs && System.nanoTime() < end) {
            var leased = client.lease("bench", WAIT_SECONDS);
            if (leased.isPresent()) {
                taken.put(leased.get().job(), System.nanoTime());
                client.fail(leased.get());
            }
        }
        return taken;
    }

    private static Void takeAll(QueueClient client, String worker, AtomicBoolean ordered)
            throws IOException, InterruptedException {
        for (var leased = client.lease(worker, WAIT_SECONDS);
                leased.isPresent() || !ordered.get();
                leased = client.lease(worker, WAIT_SECONDS)) {
            if (leased.isPresent()) {
                client.fail(leased.get());
            }
        }
        return null;
    }

    private static Times between(Map<String, Long> sent, Map<String, Long> taken) {
        return Times.of(sent.entrySet().stream()
                .map(job ->
                        (Optional.ofNullable(taken.get(job.getKey())).orElseThrow(Pickup::notTaken) - job.getValue())
                                / 1e9)
                .toList());
    }

    private static IllegalStateException notTaken() {
        return new IllegalStateException("A job was not given to the worker.");
    }
}
