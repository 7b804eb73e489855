package com.ourvidz.server.monitor;

import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.catalog.Queue;
import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobState;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is measured of jobs. All that has few values is there from the start, so that rates begin at 0. */
final class JobMeters {

    private static final List<String> OUTCOMES = List.of("accepted", "completed", "failed", "cancelled");

    /** Who has written enhanced prompts, besides models. */
    private static final Set<String> WRITERS = Set.of("grammar", "none");

    private static final String MODEL = "model";

    /** In seconds; no job runs as long. */
    private static final double LONGEST_ENHANCEMENT = 86_400;

    private final MeterRegistry meters;
    private final InstantSource clock;

    JobMeters(MeterRegistry meters, InstantSource clock) {
        this.meters = meters;
        this.clock = clock;
        for (var type : JobType.values()) {
            OUTCOMES.forEach(outcome -> meters.counter("ourvidz.jobs", "type", type.id(), "outcome", outcome));
        }
        for (var queue : Queue.values()) {
            wait(queue);
        }
        WRITERS.forEach(this::enhancement);
        enhancement(MODEL);
        seed(true);
        seed(false);
        memory("ourvidz.worker.gpu.memory");
        memory("ourvidz.worker.resident.memory");
    }

    void count(JobType type, String outcome) {
        meters.counter("ourvidz.jobs", "type", type.id(), "outcome", outcome).increment();
    }

    /** How long the job waited for a worker; only the first, for what comes between attempts is no waiting. */
    void leased(Job job, int attempt) {
        if (attempt == 1) {
            wait(job.order().type().queue()).record(Duration.between(job.createdAt(), clock.instant()));
        }
    }

    /**
     * What a completed job took.
     *
     * @param job as it was while it ran
     * @param report what its worker says of it
     */
    void completed(Job job, Map<String, Object> report) {
        count(job.order().type(), "completed");
        if (job.state() instanceof JobState.Processing processing) {
            generation(job).record(Duration.between(processing.startedAt(), clock.instant()));
        }
        if (givesSeed(job) && report.get("seed") instanceof Number used) {
            meters.counter(
                            "ourvidz.seed",
                            "kept",
                            Boolean.toString(used.longValue() == job.order().seed()))
                    .increment();
        }
        if (report.get("enhancement_seconds") instanceof Number seconds) {
            enhancement(report.get("enhanced_by")).record(Duration.ofMillis((long)
                    (1000 * Math.clamp(seconds.doubleValue(), 0, LONGEST_ENHANCEMENT))));
        }
        if (report.get("memory") instanceof Map<?, ?> memory) {
            used(memory.get("gpu_bytes"), "ourvidz.worker.gpu.memory");
            used(memory.get("resident_bytes"), "ourvidz.worker.resident.memory");
        }
    }

    private void used(@Nullable Object bytes, String meter) {
        if (bytes instanceof Number number && number.doubleValue() >= 0) {
            memory(meter).record(number.doubleValue());
        }
    }

    private Timer generation(Job job) {
        var order = job.order();
        return meters.timer(
                "ourvidz.generation",
                "type",
                order.type().id(),
                "images",
                Integer.toString(order.numImages()),
                "reference",
                yesOrNo(!order.references().isEmpty()),
                "seed",
                yesOrNo(givesSeed(job)));
    }

    private static boolean givesSeed(Job job) {
        return job.order().metadata().containsKey("seed");
    }

    private static String yesOrNo(boolean yes) {
        return yes ? "yes" : "no";
    }

    /** Models have names without number; here they are all one. */
    private Timer enhancement(@Nullable Object by) {
        var writer = by instanceof String name && WRITERS.contains(name) ? name : MODEL;
        return meters.timer("ourvidz.enhancement", "by", writer);
    }

    private Timer wait(Queue queue) {
        return meters.timer("ourvidz.queue.wait", "queue", queue.id());
    }

    private void seed(boolean kept) {
        meters.counter("ourvidz.seed", "kept", Boolean.toString(kept));
    }

    private DistributionSummary memory(String name) {
        return DistributionSummary.builder(name).baseUnit("bytes").register(meters);
    }
}
