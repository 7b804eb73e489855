package com.ourvidz.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Requests a second and 99th percentile of {@code POST /api/queue-job} (jobs queued, no worker) and of {@code GET /api/jobs/{id}} by
 * {@code wrk}, which has to be installed; the former's times at a given rate; and the time from submitting a job to a waiting worker's having
 * it. Client and server share this machine, and all traffic is on its loopback.
 */
final class HttpBenchmark {

    private static final int WARM_UP_SECONDS = 20;
    private static final int SECONDS = 10;
    private static final int CLIENTS = 16;
    private static final int RATE = 500;
    private static final int RATE_SECONDS = 3;
    private static final int USERS = 50;
    private static final int PICKUPS = 200;

    private HttpBenchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        try (var started = started()) {
            submitFor(started, WARM_UP_SECONDS);
        }
        // An order counts those that wait before it, so each starts from an empty queue.
        for (var run = 0; run < 3; run++) {
            try (var started = started()) {
                submitAtRate(started, 1); // warm up: this platform has answered nothing yet
                report(
                        "POST /api/queue-job, %d a second, %d s".formatted(RATE, RATE_SECONDS),
                        submitAtRate(started, RATE_SECONDS));
            }
        }
        try (var started = started()) {
            pickups(started, PICKUPS); // warm up
            report("submit to pickup, %d times".formatted(PICKUPS), pickups(started, PICKUPS));
        }
        try (var started = started()) {
            System.out.println("POST /api/queue-job:");
            wrk(started, "/api/queue-job", "-s", script(started).toString());
        }
        try (var started = started()) {
            var job = "/api/jobs/" + started.submit();
            System.out.println("GET /api/jobs/{id}:");
            wrk(started, job); // warm up
            wrk(started, job);
        }
    }

    /** What makes wrk order a picture. */
    private static Path script(Started started) throws IOException {
        return Files.writeString(started.data().resolve("order.lua"), """
                wrk.method = "POST"
                wrk.headers["Content-Type"] = "application/json"
                wrk.body = '%s'
                """.formatted(Started.ORDER));
    }

    private static Started started() throws IOException {
        return Started.with(Map.of("OURVIDZ_WORKERS", "none"));
    }

    /** Clients that submit one job after another. */
    private static void submitFor(Started started, int seconds) {
        var end = System.nanoTime() + seconds * 1_000_000_000L;
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < CLIENTS; i++) {
                clients.execute(() -> {
                    while (System.nanoTime() < end) {
                        submit(started, started.token());
                    }
                });
            }
        }
    }

    /**
     * Orders of many users. Each request's time counts from the moment it was due, so that a server that is behind does not slow the clock.
     */
    private static List<Double> submitAtRate(Started started, int seconds) throws InterruptedException {
        var tokens = IntStream.range(0, USERS).mapToObj(started::token).toList();
        var begin = System.nanoTime();
        var times = new ConcurrentLinkedQueue<Double>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < RATE * seconds; i++) {
                var token = tokens.get(i % USERS);
                var due = begin + i * (1_000_000_000L / RATE);
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                clients.execute(() -> {
                    submit(started, token);
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

    private static void submit(Started started, String token) {
        try {
            var _ = started.submit(token);
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

    private static void wrk(Started started, String path, String... more) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                "wrk",
                "-t1",
                "-c" + CLIENTS,
                "-d" + SECONDS + "s",
                "--latency",
                "-H",
                "Authorization: Bearer " + started.token()));
        command.addAll(List.of(more));
        command.add(started.uri(path).toString());
        var status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IllegalStateException("wrk ended with " + status);
        }
    }
}
