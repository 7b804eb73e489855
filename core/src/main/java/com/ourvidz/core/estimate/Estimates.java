package com.ourvidz.core.estimate;

import com.ourvidz.core.catalog.Queue;
import com.ourvidz.core.estimate.Workload.Kind;
import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobState;
import com.ourvidz.core.worker.Roster;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * When jobs will be done: by how long the last ones of the same type and quantity took, how far those are that run, and how many workers live. Where
 * one of these is not known there is no estimate. What was looked up serves all who ask within a second, for many poll.
 */
public final class Estimates {

    private static final Duration MOMENT = Duration.ofSeconds(1);
    /** An odd number, so that the median is one of them; few, so that a change of checkpoint or machine shows soon. */
    private static final int MEASURED = 11;
    /** The jobs that are looked at in a long queue. */
    private static final int SAMPLE = 1000;

    private final Workload workload;
    private final Roster roster;
    private final Remembered<Queue, Load> loads;
    private final Remembered<Kind, Optional<Duration>> usual;

    public Estimates(Workload workload, Roster roster, InstantSource clock) {
        this.workload = workload;
        this.roster = roster;
        this.loads = new Remembered<>(this::load, clock, MOMENT);
        this.usual = new Remembered<>(this::median, clock, MOMENT);
    }

    /**
     * How long until the job is done, in whole seconds, rounded up.
     *
     * @param position the job's place among those that wait, from 1; empty when it does not wait
     * @return empty when it is not known, and for a job that has ended
     */
    public Optional<Duration> untilDone(Job job, Optional<Integer> position) {
        return exactly(job, position).map(left -> Duration.ofSeconds(Math.ceilDiv(left.toMillis(), 1000)));
    }

    private Optional<Duration> exactly(Job job, Optional<Integer> position) {
        var kind = Kind.of(job);
        return switch (job.state()) {
            case JobState.Queued queued ->
                position.flatMap(place -> untilStart(kind, place - 1))
                        .flatMap(start -> usual.get(kind).map(start::plus));
            case JobState.Processing running -> usual.get(kind).map(time -> Load.left(time, running.progress()));
            case JobState.Completed completed -> Optional.empty();
            case JobState.Failed failed -> Optional.empty();
        };
    }

    private Optional<Duration> untilStart(Kind kind, int ahead) {
        return loads.get(kind.type().queue()).untilStart(kind, ahead, usual::get);
    }

    private Load load(Queue queue) {
        return new Load(roster.living(queue).size(), workload.running(queue), workload.waiting(queue, SAMPLE));
    }

    private Optional<Duration> median(Kind kind) {
        var times = workload.completed(kind, MEASURED).stream().sorted().toList();
        return times.isEmpty() ? Optional.empty() : Optional.of(times.get(times.size() / 2));
    }
}
