package com.ourvidz.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/**
 * Requests a second and 99th percentile of {@code POST /api/queue-job} (jobs queued, no worker) and of {@code GET /api/jobs/{id}}, the latter
 * by {@code wrk}, which has to be installed. Client and server share this machine, and all traffic is on its loopback.
 */
final class HttpBenchmark {

    private static final int SECONDS = 10;
    private static final int CLIENTS = 16;

    private HttpBenchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        try (var started = Started.with(Map.of("OURVIDZ_WORKERS", "none"))) {
            submitFor(started, SECONDS / 2); // warm up
            report(submitFor(started, SECONDS));
            wrk(started, started.submit());
        }
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

    private static void report(List<Double> times) {
        var sorted = Times.of(times);
        System.out.printf(
                Locale.ROOT,
                "POST /api/queue-job, %d clients, %d s: %.0f requests/s, p50 %.1f ms, p99 %.1f ms%n",
                CLIENTS,
                SECONDS,
                times.size() / (double) SECONDS,
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
