package com.ourvidz.core.estimate;

import com.ourvidz.core.estimate.Workload.Kind;
import com.ourvidz.core.estimate.Workload.Running;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a queue has to do, and who does it.
 *
 * @param workers how many live
 * @param waiting how many of each kind
 */
record Load(int workers, List<Running> running, Map<Kind, Integer> waiting) {

    /** In a longer queue the jobs beyond are shared out evenly. */
    private static final int MOST_FOLLOWED = 1000;

    /**
     * When a waiting job of this kind can start, with so many ahead of it. Which those are is the queue's own affair: each counts as the mean
     * of the others that wait.
     *
     * @param usual how long jobs of a kind take; empty when none was measured
     */
    Optional<Duration> untilStart(Kind kind, int ahead, Function<Kind, Optional<Duration>> usual) {
        if (workers == 0) {
            return Optional.empty();
        }
        if (ahead < workers - running.size()) {
            return Optional.of(Duration.ZERO);
        }
        return untilFree(usual)
                .flatMap(free -> ahead == 0
                        ? Optional.of(untilStart(free, 0, Duration.ZERO))
                        : meanOfOthers(kind, usual).map(mean -> untilStart(free, ahead, mean)));
    }

    /** Whichever worker is free first takes the next of the jobs ahead. */
    private static Duration untilStart(List<Duration> free, int ahead, Duration mean) {
        var workers = new PriorityQueue<>(free);
        for (var job = 0; job < Math.min(ahead, MOST_FOLLOWED); job++) {
            workers.add(workers.remove().plus(mean));
        }
        var others = mean.multipliedBy(Math.max(0, ahead - MOST_FOLLOWED)).dividedBy(free.size());
        return workers.remove().plus(others);
    }

    /** After how long each worker is free. */
    private Optional<List<Duration>> untilFree(Function<Kind, Optional<Duration>> usual) {
        var left = running.stream()
                .flatMap(job -> usual.apply(job.kind()).map(time -> left(time, job.progress())).stream())
                .toList();
        var idle = Math.max(0, workers - running.size());
        return left.size() < running.size()
                ? Optional.empty()
                : Optional.of(Stream.concat(Stream.generate(() -> Duration.ZERO).limit(idle), left.stream())
                        .toList());
    }

    private Optional<Duration> meanOfOthers(Kind kind, Function<Kind, Optional<Duration>> usual) {
        var total = Duration.ZERO;
        var jobs = 0;
        for (var waits : waiting.entrySet()) {
            var others = waits.getValue() - (waits.getKey().equals(kind) ? 1 : 0);
            var time = usual.apply(waits.getKey());
            if (others > 0 && time.isEmpty()) {
                return Optional.empty();
            }
            total = total.plus(time.orElse(Duration.ZERO).multipliedBy(others));
            jobs += others;
        }
        return jobs == 0 ? Optional.empty() : Optional.of(total.dividedBy(jobs));
    }

    /** What is left of the usual time at this progress. How long the worker has had the job is no better measure: it may be loading a model. */
    static Duration left(Duration usual, int progress) {
        return usual.multipliedBy(100 - progress).dividedBy(100);
    }
}
