package com.ourvidz.adapters;

import static com.ourvidz.core.catalog.Queue.SDXL_QUEUE;
import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.Fence;
import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a job store promises to users who wait beside others. */
public interface FairnessContract extends StoreFixture {

    String CAT = "cat";

    @Test
    default void line57AThousandJobsOfOneUserDoNotDelayAnothersFirstByMoreThanOneRound() {
        waiting(ANN, 1000);
        waiting(CAT, 50);
        claimed();
        claimed();
        claimed(); // somewhere within the second round

        var bobs = waiting(BOB, 2);

        assertThat(position(bobs.getFirst())).isEqualTo(2); // behind Cat's second, before Ann's third
        var next = taken(8);
        assertThat(next.indexOf(bobs.getFirst().id())).isLessThanOrEqualTo(2);
        assertThat(next.indexOf(bobs.getLast().id())).isLessThanOrEqualTo(5);
    }

    @Test
    default void usersWithWaitingJobsTakeTurns() {
        var anns = waiting(ANN, 3);
        var bobs = waiting(BOB, 3);
        var cats = waiting(CAT, 1);

        assertThat(taken(7))
                .containsExactly(
                        anns.get(0).id(),
                        bobs.get(0).id(),
                        cats.get(0).id(),
                        anns.get(1).id(),
                        bobs.get(1).id(),
                        anns.get(2).id(),
                        bobs.get(2).id());
    }

    @Test
    default void eachQueueHasItsOwnTurns() {
        var anns = waiting(ANN, 2);
        var bobs = waiting(BOB, 1);
        for (var i = 0; i < 5; i++) {
            accepted(BOB, StoreFixture.order(JobType.VIDEO_FAST, 1, 0));
        }
        var bobsSecond = waiting(BOB, 1);

        assertThat(taken(4))
                .containsExactly(
                        anns.get(0).id(),
                        bobs.get(0).id(),
                        anns.get(1).id(),
                        bobsSecond.get(0).id());
    }

    @Test
    default void positionsAreTheOrderInWhichJobsAreTaken() {
        var jobs = Stream.of(waiting(ANN, 4), waiting(BOB, 2), waiting(CAT, 3))
                .flatMap(List::stream)
                .toList();
        jobs().cancel(jobs.get(1).id(), ANN);
        var positions = jobs.stream().map(job -> jobs().queuePosition(job.id())).toList();

        var order = taken(8);

        assertThat(positions)
                .isEqualTo(jobs.stream()
                        .map(job -> Optional.of(order.indexOf(job.id()) + 1).filter(place -> place > 0))
                        .toList());
    }

    /** Whoever orders the next job when the last one is done always comes last in line, and always comes. */
    @Test
    default void oneAtATimeIsNeitherBetterNorWorseThanManyAtOnce() {
        var anns = waiting(ANN, 5).stream().map(Job::id).toList();
        var order = new ArrayList<UUID>();
        for (var i = 0; i < 5; i++) {
            waiting(BOB, 1);
            order.addAll(taken(2));
        }

        assertThat(order).containsAll(anns);
    }

    @Test
    default void whoWasAwayIsOwedNothing() {
        waiting(ANN, 10);
        taken(5);
        var bobs = waiting(BOB, 5).stream().map(Job::id).toList();

        var next = taken(4);

        assertThat(next.getFirst()).isEqualTo(bobs.getFirst());
        assertThat(next).filteredOn(bobs::contains).hasSize(2);
    }

    /** Two newcomers for each job that is taken: more than can ever be served. */
    @Test
    default void nobodyWaitsForEverBehindNewcomers() {
        var last = waiting(ANN, 3).getLast();
        var taken = new ArrayList<UUID>();
        for (var round = 0; round < 50 && !taken.contains(last.id()); round++) {
            waiting("newcomer-" + 2 * round, 1);
            waiting("newcomer-" + (2 * round + 1), 1);
            taken.addAll(taken(1));
        }

        assertThat(taken).contains(last.id());
    }

    @Test
    default void cancelledJobsGiveTheirTurnToTheUsersNext() {
        var anns = waiting(ANN, 6);
        var bobs = waiting(BOB, 2);
        anns.subList(0, 5).forEach(job -> jobs().cancel(job.id(), ANN));

        assertThat(position(anns.getLast())).isEqualTo(1);
        var later = waiting(ANN, 1);
        assertThat(taken(4))
                .containsExactly(
                        anns.getLast().id(),
                        bobs.get(0).id(),
                        bobs.get(1).id(),
                        later.get(0).id());
    }

    @Test
    default void orderingAndCancellingCostsNoTurn() {
        for (var i = 0; i < 5; i++) {
            jobs().cancel(waiting(ANN, 1).getFirst().id(), ANN);
        }
        var anns = waiting(ANN, 1);
        waiting(BOB, 3);

        assertThat(taken(1)).containsExactly(anns.getFirst().id());
    }

    @Test
    default void cancellingAnothersJobMovesNothing() {
        var anns = waiting(ANN, 1);
        var bobs = waiting(BOB, 2);
        jobs().cancel(anns.getFirst().id(), BOB);

        assertThat(taken(3))
                .containsExactly(anns.get(0).id(), bobs.get(0).id(), bobs.get(1).id());
    }

    @Test
    default void aJobWhoseWorkerDiedGoesFirst() {
        waiting(ANN, 3);
        var bobs = waiting(BOB, 3);
        taken(1);
        var fence = claimed("short-lived");
        taken(2);
        jobs().workerDied("short-lived", JobStore.Death.CRASHED);

        assertThat(fence.jobId()).isEqualTo(bobs.getFirst().id());
        assertThat(taken(1)).containsExactly(fence.jobId());
    }

    private List<Job> waiting(String user, int count) {
        var limits = new JobStore.Limits(10_000, 10_000);
        return IntStream.range(0, count)
                .mapToObj(number -> {
                    clock().advance(Duration.ofMillis(1));
                    return jobs().accept(user, StoreFixture.order(1, 0), Optional.empty(), limits)
                            .job();
                })
                .toList();
    }

    private List<UUID> taken(int count) {
        return Stream.generate(() -> jobs().claim(SDXL_QUEUE, "worker").orElseThrow())
                .map(JobStore.Claim::fence)
                .map(Fence::jobId)
                .limit(count)
                .toList();
    }

    private int position(Job job) {
        return jobs().queuePosition(job.id()).orElseThrow();
    }
}
