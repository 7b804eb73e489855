package com.ourvidz.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What the platform adds to a picture: the time from submitting a job to its completion, less the engine's own, and the worker's peak
 * memory. {@code OverheadBenchmark MODEL}.
 */
final class OverheadBenchmark {

    private static final int JOBS = 10;
    private static final int WARM_UP = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private OverheadBenchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        try (var started = Started.with(Map.of("OURVIDZ_SDXL_MODEL", args[0]))) {
            var total = new ArrayList<Double>();
            var outside = new ArrayList<Double>();
            for (var i = -WARM_UP; i < JOBS; i++) {
                var submitted = Instant.now();
                var job = completed(started, started.submit());
                if (i >= 0) {
                    var seconds = Duration.between(submitted, completedAt(job)).toMillis() / 1e3;
                    total.add(seconds);
                    outside.add(seconds - engineSeconds(job.path("metadata").path("timings")));
                }
            }
            report(Times.of(total), Times.of(outside), workerPeak());
        }
    }

    private static JsonNode completed(Started started, String id) throws IOException, InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            var job = started.job(id);
            switch (job.path("status").stringValue()) {
                case "completed" -> {
                    return job;
                }
                case "failed" ->
                    throw new IllegalStateException(job.path("error_message").asString());
                default -> Thread.sleep(Duration.ofMillis(100));
            }
        }
        throw new IllegalStateException("The job did not end in " + PATIENCE);
    }

    /** What the worker timed, but for handing the picture in: that is the platform's. */
    private static double engineSeconds(JsonNode timings) {
        return timings.propertyStream()
                .filter(part -> !part.getKey().equals("upload"))
                .mapToDouble(part -> part.getValue().asDouble())
                .sum();
    }

    private static Instant completedAt(JsonNode job) {
        return Instant.parse(job.path("completed_at").stringValue());
    }

    private static long workerPeak() throws IOException {
        var worker = ProcessHandle.current().children().findFirst().orElseThrow();
        return Memory.peakMegabytes(worker.pid());
    }

    private static void report(Times total, Times outside, long workerPeak) {
        System.out.printf(
                Locale.ROOT,
                "%d jobs: submit to completed %.2f s (median); outside the engine %.0f ms (median), %.0f ms (most);"
                        + " worker's peak memory %d MB%n",
                JOBS,
                total.median(),
                1000 * outside.median(),
                1000 * outside.percentile(100),
                workerPeak);
    }
}
