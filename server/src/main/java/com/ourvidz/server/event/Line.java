package com.ourvidz.server.event;

import com.ourvidz.core.catalog.Queue;
import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobState;
import com.ourvidz.core.job.JobStore;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The places of all waiting jobs at one time: each queue is read once, when it is first asked for. */
final class Line {

    private final JobStore jobs;
    private final Map<Queue, Map<UUID, Integer>> places = new EnumMap<>(Queue.class);

    Line(JobStore jobs) {
        this.jobs = jobs;
    }

    /** From 1; empty for a job that does not wait, or so far back that it is not known. */
    Optional<Integer> place(Job job) {
        return job.state() instanceof JobState.Queued
                ? Optional.ofNullable(places.computeIfAbsent(job.order().type().queue(), this::numbered)
                        .get(job.id()))
                : Optional.empty();
    }

    private Map<UUID, Integer> numbered(Queue queue) {
        var numbers = new HashMap<UUID, Integer>();
        for (var job : jobs.line(queue)) {
            numbers.put(job, numbers.size() + 1);
        }
        return numbers;
    }
}
