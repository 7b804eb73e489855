package com.ourvidz.server.monitor;

import com.ourvidz.core.catalog.Queue;
import com.ourvidz.core.job.JobStore;
import com.ourvidz.core.worker.Roster;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** The queues' figures as metrics, looked up when they are read. */
public final class QueueMetrics implements MeterBinder {

    private final JobStore jobs;
    private final Roster roster;

    public QueueMetrics(JobStore jobs, Roster roster) {
        this.jobs = jobs;
        this.roster = roster;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        for (var queue : Queue.values()) {
            gauge(
                    meters,
                    "ourvidz.queue.depth",
                    "Waiting jobs",
                    queue,
                    each -> jobs.figures(each).depth());
            gauge(
                    meters,
                    "ourvidz.queue.processing",
                    "Jobs held by workers",
                    queue,
                    each -> jobs.figures(each).processing());
            gauge(
                    meters,
                    "ourvidz.queue.oldest.wait.seconds",
                    "How long the oldest waiting job has waited",
                    queue,
                    each -> jobs.figures(each).oldestWaitSeconds());
            gauge(
                    meters,
                    "ourvidz.queue.poll.seconds",
                    "How often the queue is looked at when no signal comes",
                    queue,
                    each -> each.poll().toMillis() / 1000.0);
            gauge(
                    meters,
                    "ourvidz.workers",
                    "Living workers",
                    queue,
                    each -> roster.living(each).size());
        }
    }

    private static void gauge(
            MeterRegistry meters, String name, String description, Queue queue, ToDoubleFunction<Queue> figure) {
        Gauge.builder(name, queue, figure)
                .description(description)
                .tag("queue", queue.id())
                .register(meters);
    }
}
