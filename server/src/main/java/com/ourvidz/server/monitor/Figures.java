package com.ourvidz.server.monitor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.search.Search;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The documented figures with their targets, from what this server has measured since its start. A value of NaN: nothing yet. */
final class Figures {

    private static final String GENERATION = "ourvidz.generation";
    private static final long GIGABYTE = 1_000_000_000L;

    /** Seconds that a job of a type may take; {@code images} is empty where the type makes one. */
    private record Limit(String name, String type, Optional<String> images, double seconds) {}

    private static final List<Limit> LIMITS = List.of(
            sdxl("fast", 1, 8),
            sdxl("fast", 3, 24),
            sdxl("fast", 6, 48),
            sdxl("high", 1, 15),
            sdxl("high", 3, 45),
            sdxl("high", 6, 90),
            wan("video_fast", 135),
            wan("video_high", 180),
            wan("image_fast", 25),
            wan("image_high", 40));

    private final MeterRegistry meters;

    Figures(MeterRegistry meters) {
        this.meters = meters;
    }

    List<Figure> now() {
        return Stream.of(Stream.of(successRate()), LIMITS.stream().map(this::generation), others())
                .flatMap(figures -> figures)
                .toList();
    }

    private Figure successRate() {
        return Figure.atLeast("Job success rate", "ratio", share(jobs("completed"), jobs("failed")), 0.95);
    }

    private Figure generation(Limit limit) {
        var timers = meters.find(GENERATION).tag("type", limit.type());
        limit.images().ifPresent(images -> timers.tag("images", images));
        return Figure.atMost(limit.name(), "seconds", mean(timers.timers()), limit.seconds());
    }

    private Stream<Figure> others() {
        return Stream.of(
                Figure.atMost(
                        "Enhanced jobs: overhead",
                        "seconds",
                        mean(meters.find("ourvidz.enhancement").timers()),
                        60),
                Figure.atMost(
                        "Reference download time",
                        "seconds",
                        mean(meters.find("ourvidz.reference.download").timers()),
                        5),
                Figure.atMost("Reference processing overhead", "ratio", overhead("reference"), 0.3),
                Figure.atLeast(
                        "Reference success rate", "ratio", share(downloads("fetched"), downloads("failed")), 0.98),
                Figure.atMost("Seed control: overhead", "ratio", overhead("seed"), 0),
                Figure.atLeast("Seed control: success rate", "ratio", share(seeds("true"), seeds("false")), 1),
                Figure.atMost("sdxl_queue polling", "seconds", largest("ourvidz.queue.poll.seconds", "sdxl_queue"), 2),
                Figure.atMost("wan_queue polling", "seconds", largest("ourvidz.queue.poll.seconds", "wan_queue"), 5),
                Figure.atMost("Queue depth", "jobs", sum("ourvidz.queue.depth"), 10),
                Figure.atMost("Queue wait", "seconds", longestWait(), 300),
                Figure.atMost("GPU memory", "bytes", most("ourvidz.worker.gpu.memory"), 35.0 * GIGABYTE),
                Figure.atLeast("Worker uptime", "ratio", workersUp(), 0.99),
                Figure.atLeast("Storage availability", "ratio", sum("ourvidz.storage.available"), 1),
                Figure.atMost("API response time", "seconds", api(), 0.5),
                Figure.atMost(
                        "Reference storage per user", "bytes", sum("ourvidz.reference.storage.largest"), GIGABYTE));
    }

    private static Limit sdxl(String quality, int images, double seconds) {
        return new Limit(
                "SDXL %s (%d image%s)".formatted(quality, images, images == 1 ? "" : "s"),
                "sdxl_image_" + quality,
                Optional.of(Integer.toString(images)),
                seconds);
    }

    private static Limit wan(String type, double seconds) {
        return new Limit("WAN " + type, type, Optional.empty(), seconds);
    }

    private double jobs(String outcome) {
        return count(meters.find("ourvidz.jobs").tag("outcome", outcome).counters());
    }

    private double seeds(String kept) {
        return count(meters.find("ourvidz.seed").tag("kept", kept).counters());
    }

    private double downloads(String outcome) {
        return meters.find("ourvidz.reference.download").tag("outcome", outcome).timers().stream()
                .mapToDouble(Timer::count)
                .sum();
    }

    /** How much longer jobs take that have it than those that have not. */
    private double overhead(String tag) {
        return mean(generation(tag, "yes"::equals).timers())
                        / mean(generation(tag, "no"::equals).timers())
                - 1;
    }

    private Search generation(String tag, Predicate<String> matching) {
        return meters.find(GENERATION).tag(tag, matching);
    }

    private double longestWait() {
        return meters.find("ourvidz.queue.oldest.wait.seconds").gauges().stream()
                .mapToDouble(Gauge::value)
                .max()
                .orElse(Double.NaN);
    }

    /** The share of queues that somebody serves at the moment. */
    private double workersUp() {
        return meters.find("ourvidz.workers").gauges().stream()
                .mapToDouble(gauge -> Math.min(1, gauge.value()))
                .average()
                .orElse(Double.NaN);
    }

    /** Streams of events last as long as somebody looks. */
    private double api() {
        return mean(meters.find("http.server.requests")
                .tag("uri", uri -> uri.startsWith("/api/") && !uri.endsWith("/events"))
                .timers());
    }

    private double most(String summary) {
        var summaries = meters.find(summary).summaries();
        return summaries.stream().mapToLong(DistributionSummary::count).sum() == 0
                ? Double.NaN
                : largest(summaries, DistributionSummary::max);
    }

    private double largest(String gauge, String queue) {
        return largest(meters.find(gauge).tag("queue", queue).gauges(), Gauge::value);
    }

    private static <M extends Meter> double largest(Collection<M> all, ToDoubleFunction<M> value) {
        return all.stream().mapToDouble(value).max().orElse(Double.NaN);
    }

    private double sum(String gauge) {
        return meters.find(gauge).gauges().stream().mapToDouble(Gauge::value).sum();
    }

    private static double count(Collection<Counter> counters) {
        return counters.stream().mapToDouble(Counter::count).sum();
    }

    private static double share(double good, double bad) {
        return good / (good + bad);
    }

    private static double mean(Collection<Timer> timers) {
        return timers.stream()
                        .mapToDouble(timer -> timer.totalTime(TimeUnit.SECONDS))
                        .sum()
                / timers.stream().mapToLong(Timer::count).sum();
    }
}
