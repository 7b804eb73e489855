package com.ourvidz.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Requests a second and 99th percentile of {@code POST /api/queue-job} (jobs queued, no worker), as fast as clients can and at a given rate;
 * the time from submitting a job to a waiting worker's having it; and {@code GET /api/jobs/{id}}, by {@code wrk}, which has to be
 * installed. Client and server share this machine, and all traffic is on its loopback.
 */
final class HttpBenchmark {

    private static final int SECONDS = 10;
    private static final int CLIENTS = 16;
    private static final int RATE = 500;
    private static final int PICKUPS = 200;

    private HttpBenchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        try (var started = started()) {
            submitFor(started, SECONDS / 2); // warm up
            var times = submitFor(started, SECONDS);
            report(
                    "POST /api/queue-job, %d clients, %d s: %d requests/s"
                            .formatted(CLIENTS, SECONDS, times.size() / SECONDS),
                    times);
        }
        // Again from an empty queue: with limits as wide as here, an order counts all that wait.
        try (var started = started()) {
            report("POST /api/queue-job, %d a second, %d s".formatted(RATE, SECONDS), submitAtRate(started, SECONDS));
        }
        try (var started = started()) {
            pickups(started, PICKUPS); // warm up
            report("submit to pickup, %d times".formatted(PICKUPS), pickups(started, PICKUPS));
            wrk(started, started.submit());
        }
    }

    private static Started started() throws IOException {
        return Started.with(Map.of("OURVIDZ_WORKERS", "none"));
    }

    /** Clients that submit one job after another; the time of each request. */
    private static List<Double> submitFor(Started started, int seconds) throws InterruptedException {
        var end = System.nanoTime() + seconds * 1_000_000_000L;
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<List<Double>> client = () -> submitUntil(started, end);
            return clients.invokeAll(Collections.nCopies(CLIENTS, client)).stream()
                    .flatMap(times -> times.resultNow().stream())
                    .toList();
        }
    }

    private static List<Double> submitUntil(Started started, long end) throws IOException, InterruptedException {
        var times = new ArrayList<Double>();
        while (System.nanoTime() < end) {
            var start = System.nanoTime();
            started.submit();
            times.add((System.nanoTime() - start) / 1e9);
        }
        return times;
    }

    /** Each request's time counts from the moment it was due, so that a server that is behind does not slow the clock. */
    private static List<Double> submitAtRate(Started started, int seconds) throws InterruptedException {
        var begin = System.nanoTime();
        var times = new ConcurrentLinkedQueue<Double>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < RATE * seconds; i++) {
                var due = begin + i * (1_000_000_000L / RATE);
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                clients.execute(() -> {
                    submit(started);
                    times.add((System.nanoTime() - due) / 1e9);
                });
            }
        }
        return List.copyOf(times);
    }

    /** From the moment a job is submitted until a worker, which has been waiting for one, has it. */
    private static List<Double> pickups(Started started, int count) throws IOException, InterruptedException {
        var times = new ArrayList<Double>();
        for (var i = 0; i < count; i++) {
            try (var client = Executors.newVirtualThreadPerTaskExecutor()) {
                var lease = client.submit(() -> {
                    started.lease();
                    return System.nanoTime();
                });
                TimeUnit.MILLISECONDS.sleep(5); // until it waits
                var start = System.nanoTime();
                started.submit();
                times.add((lease.get() - start) / 1e9);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
        return times;
    }

    private static void submit(Started started) {
        try {
            started.submit();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void report(String what, List<Double> times) {
        var sorted = Times.of(times);
        System.out.printf(
                Locale.ROOT,
                "%s, p50 %.1f ms, p99 %.1f ms%n",
                what,
                1000 * sorted.median(),
                1000 * sorted.percentile(99));
    }

    private static void wrk(Started started, String job) throws IOException, InterruptedException {
        System.out.println("GET /api/jobs/{id}:");
        for (var run = 0; run < 2; run++) { // the first warms up
            var status = new ProcessBuilder(
                            "wrk",
                            "-t1",
                            "-c" + CLIENTS,
                            "-d" + SECONDS + "s",
                            "--latency",
                            "-H",
                            "Authorization: Bearer " + started.token(),
                            started.uri("/api/jobs/" + job).toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("wrk ended with " + status);
            }
        }
    }
}
