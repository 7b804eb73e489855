package com.ourvidz.core.estimate;

import static com.ourvidz.core.catalog.JobType.SDXL_IMAGE_FAST;
import static com.ourvidz.core.catalog.JobType.SDXL_IMAGE_HIGH;
import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.catalog.Queue;
import com.ourvidz.core.estimate.Workload.Kind;
import com.ourvidz.core.estimate.Workload.Running;
import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobOrder;
import com.ourvidz.core.job.JobState;
import com.ourvidz.core.worker.Roster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A platform's books kept by hand: what is said of them is all that estimates may be made of. */
class EstimatesTest {

    private static final Kind FAST = new Kind(SDXL_IMAGE_FAST, 1);
    private static final Kind HIGH = new Kind(SDXL_IMAGE_HIGH, 1);

    private final Books books = new Books();
    private Instant now = Instant.EPOCH;
    private final Estimates estimates = new Estimates(books, books, () -> now);

    @Test
    void nothingIsSaidWhereNothingWasMeasured() {
        books.workers = 1;
        assertThat(untilDone(FAST, 1)).isEmpty();
        assertThat(estimates.untilDone(running(FAST, 50), Optional.empty())).isEmpty();
    }

    @Test
    void nothingIsSaidWhereNobodyWorks() {
        books.took(FAST, 4);
        assertThat(untilDone(FAST, 1)).isEmpty();
    }

    @Test
    void nothingIsSaidBehindJobsOfWhichNothingIsKnown() {
        books.workers = 1;
        books.took(FAST, 4);
        books.running.add(new Running(HIGH, 50));
        assertThat(untilDone(FAST, 1)).isEmpty();

        books.running.clear();
        books.waiting.putAll(Map.of(FAST, 1, HIGH, 1));
        later();
        assertThat(untilDone(FAST, 2)).isEmpty();
    }

    @Test
    void whatEndsIsNotEstimated() {
        books.workers = 1;
        books.took(FAST, 4);
        var completed = new JobState.Completed(now, now);
        var failed = new JobState.Failed(Optional.empty(), now, "Cancelled.", true);
        assertThat(estimates.untilDone(job(FAST, completed), Optional.empty())).isEmpty();
        assertThat(estimates.untilDone(job(FAST, failed), Optional.empty())).isEmpty();
    }

    @Test
    void theMedianOfTheLastTimesCounts() {
        books.workers = 1;
        books.took(FAST, 4, 90, 3, 5, 4);
        assertThat(untilDone(FAST, 1)).contains(Duration.ofSeconds(4));
    }

    @Test
    void aRunningJobHasWhatIsLeftOfTheUsualTimeRoundedUp() {
        books.took(FAST, 9);
        assertThat(estimates.untilDone(running(FAST, 0), Optional.empty())).contains(Duration.ofSeconds(9));
        assertThat(estimates.untilDone(running(FAST, 50), Optional.empty())).contains(Duration.ofSeconds(5));
        assertThat(estimates.untilDone(running(FAST, 100), Optional.empty())).contains(Duration.ZERO);
    }

    @Test
    void aWaitingJobWaitsForTheRunningOneAndForThoseAheadOfIt() {
        books.workers = 1;
        books.took(FAST, 4);
        books.took(HIGH, 10);
        books.running.add(new Running(HIGH, 80));
        books.waiting.putAll(Map.of(FAST, 2, HIGH, 1));

        assertThat(untilDone(FAST, 1)).contains(Duration.ofSeconds(2 + 4));
        assertThat(untilDone(FAST, 3)).contains(Duration.ofSeconds(2 + (4 + 10) + 4));
        assertThat(untilDone(HIGH, 3)).contains(Duration.ofSeconds(2 + (4 + 4) + 10));
    }

    @Test
    void workersShareTheJobsAndTheFirstToBeFreeTakesTheNext() {
        books.workers = 2;
        books.took(FAST, 4);
        books.took(HIGH, 100);
        books.running.add(new Running(HIGH, 0));
        books.waiting.put(FAST, 5);

        assertThat(untilDone(FAST, 1)).contains(Duration.ofSeconds(4));
        assertThat(untilDone(FAST, 5)).contains(Duration.ofSeconds(5 * 4));

        books.running.clear();
        later();
        assertThat(untilDone(FAST, 2)).contains(Duration.ofSeconds(4));
        assertThat(untilDone(FAST, 5)).contains(Duration.ofSeconds(3 * 4));
    }

    @Test
    void aVeryLongQueueIsSharedOutToo() {
        books.workers = 2;
        books.took(FAST, 4);
        books.waiting.put(FAST, 1000);

        assertThat(untilDone(FAST, 100_001)).contains(Duration.ofSeconds(100_000 / 2 * 4 + 4));
    }

    @Test
    void whoeverPollsWithinASecondAsksTheDatabaseOnce() {
        books.workers = 1;
        books.took(FAST, 4);
        IntStream.range(0, 100).forEach(time -> untilDone(FAST, 1));
        assertThat(books.questions).isEqualTo(4);

        later();
        untilDone(FAST, 1);
        assertThat(books.questions).isEqualTo(8);

        now = now.minusSeconds(3600); // the clock is put back
        untilDone(FAST, 1);
        assertThat(books.questions).isEqualTo(12);
    }

    private void later() {
        now = now.plusSeconds(1);
    }

    private Optional<Duration> untilDone(Kind kind, int position) {
        return estimates.untilDone(job(kind, new JobState.Queued()), Optional.of(position));
    }

    private Job running(Kind kind, int progress) {
        return job(kind, new JobState.Processing(now, progress, "denoising"));
    }

    private Job job(Kind kind, JobState state) {
        var order = new JobOrder(
                kind.type(),
                "a fox in snow",
                Optional.empty(),
                kind.numImages(),
                7,
                1,
                List.of(),
                Map.of(),
                new JobOrder.ClientIds(Optional.empty(), Optional.empty(), Optional.empty()),
                List.of());
        return new Job(UUID.randomUUID(), "ann", order, now, state, 0, 1, Map.of(), List.of(), true);
    }

    /** What would stand in a database. */
    private static final class Books implements Workload, Roster {

        private final Map<Kind, List<Duration>> completed = new HashMap<>();
        private final Map<Kind, Integer> waiting = new HashMap<>();
        private final List<Running> running = new ArrayList<>();
        private int workers;
        private int questions;

        void took(Kind kind, int... seconds) {
            completed.put(
                    kind, IntStream.of(seconds).mapToObj(Duration::ofSeconds).toList());
        }

        @Override
        public Map<Kind, Integer> waiting(Queue queue, int most) {
            questions++;
            return Map.copyOf(waiting);
        }

        @Override
        public List<Running> running(Queue queue) {
            questions++;
            return List.copyOf(running);
        }

        @Override
        public List<Duration> completed(Kind kind, int most) {
            questions++;
            return completed.getOrDefault(kind, List.of());
        }

        @Override
        public List<Worker> living(Queue queue) {
            questions++;
            return IntStream.range(0, workers)
                    .mapToObj(number -> new Worker("w" + number, queue, "starter", false, Instant.EPOCH))
                    .toList();
        }

        @Override
        public List<Worker> known(Queue queue) {
            return living(queue);
        }

        @Override
        public void seen(String workerId, Queue queue, String model, boolean busy) {
            workers++;
        }

        @Override
        public void gone(String workerId) {
            workers--;
        }
    }
}
