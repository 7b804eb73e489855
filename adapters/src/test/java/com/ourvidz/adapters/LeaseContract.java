package com.ourvidz.adapters;

import static com.ourvidz.core.catalog.Queue.SDXL_QUEUE;
import static com.ourvidz.core.catalog.Queue.WAN_QUEUE;
import static com.ourvidz.core.job.JobState.Status.COMPLETED;
import static com.ourvidz.core.job.JobState.Status.FAILED;
import static com.ourvidz.core.job.JobState.Status.PROCESSING;
import static com.ourvidz.core.job.JobState.Status.QUEUED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.ourvidz.core.Fence;
import com.ourvidz.core.asset.Asset;
import com.ourvidz.core.asset.AssetFilter;
import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobState;
import com.ourvidz.core.job.JobStore.Death;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What a job store promises to workers, and of workers that fail. */
public interface LeaseContract extends StoreFixture {

    @Test
    default void jobsAreTakenInTheOrderInWhichTheyWereAccepted() {
        var first = accepted(ANN);
        var second = accepted(BOB);
        var third = accepted(ANN);

        assertThat(Stream.generate(this::claimed).limit(3).map(Fence::jobId))
                .containsExactly(first.id(), second.id(), third.id());
        assertThat(jobs().claim(SDXL_QUEUE, "worker")).isEmpty();
    }

    @Test
    default void aWorkerGetsJobsOfItsQueueOnly() {
        var video = accepted(ANN, StoreFixture.order(JobType.VIDEO_FAST, 1, 1));

        assertThat(jobs().claim(SDXL_QUEUE, "worker")).isEmpty();
        assertThat(jobs().claim(WAN_QUEUE, "worker").orElseThrow().job().id()).isEqualTo(video.id());
    }

    @Test
    default void noJobIsGivenToTwoWorkers() throws InterruptedException {
        var accepted = Stream.generate(() -> accepted(ANN).id()).limit(60).toList();

        var taken = Together.run(
                8,
                number -> Stream.generate(() -> jobs().claim(SDXL_QUEUE, "worker-" + number))
                        .takeWhile(claim -> claim.isPresent())
                        .map(claim -> claim.orElseThrow().job().id())
                        .toList());

        assertThat(taken.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(accepted);
    }

    @Test
    default void aTakenJobIsBeingProcessedInItsFirstAttempt() {
        var job = accepted(ANN);
        clock().advance(Duration.ofSeconds(5));

        var claim = jobs().claim(SDXL_QUEUE, "worker").orElseThrow();

        assertThat(claim.job().state()).isEqualTo(new JobState.Processing(clock().instant(), 0, ""));
        assertThat(claim.job().attempt()).isEqualTo(1);
        assertThat(claim.fence().attempt()).isEqualTo(1);
        assertThat(claim.fence().leaseToken()).hasSizeGreaterThanOrEqualTo(22);
        assertThat(found(job)).isEqualTo(claim.job());
        assertThat(jobs().held(claim.fence())).contains(claim.job());
    }

    @Test
    default void heartbeatsKeepTheLeaseAndProgressNeverGoesBack() {
        var job = accepted(ANN);
        var fence = claimed();
        clock().advance(Duration.ofSeconds(50));
        assertThat(jobs().heartbeat(fence, 40, "denoising")).isTrue();
        clock().advance(Duration.ofSeconds(50));
        assertThat(jobs().heartbeat(fence, 30, "decoding")).isTrue();

        assertThat(jobs().sweep()).isEmpty();
        assertThat(found(job).state()).isInstanceOfSatisfying(JobState.Processing.class, processing -> {
            assertThat(processing.progress()).isEqualTo(40);
            assertThat(processing.stage()).isEqualTo("decoding");
        });
    }

    @Test
    default void aReleasedJobKeepsItsPlaceAndIsNotHeldAgainstIt() {
        var first = accepted(ANN);
        accepted(ANN);
        for (var attempt = 1; attempt <= 5; attempt++) {
            var fence = claimed();
            assertThat(fence.jobId()).isEqualTo(first.id());
            assertThat(fence.attempt()).isEqualTo(attempt);
            assertThat(jobs().heartbeat(fence, 10, "denoising")).isTrue();
            assertThat(jobs().release(fence)).isTrue();
            assertThat(found(first).state()).isEqualTo(new JobState.Queued());
        }
        assertThat(paid(first)).isEqualTo(-1);
    }

    @Test
    default void wordsWithoutTheLeaseChangeNothing() {
        var job = accepted(ANN);
        var fence = claimed();
        var before = found(job);

        assertRefused(new Fence(fence.jobId(), fence.attempt(), "guess"));
        assertRefused(new Fence(fence.jobId(), fence.attempt() + 1, fence.leaseToken()));
        assertRefused(new Fence(UUID.randomUUID(), fence.attempt(), fence.leaseToken()));

        assertThat(found(job)).isEqualTo(before);
        assertThat(jobs().held(fence)).isPresent();
    }

    @Test
    default void line49PausedPastTheLeaseThenResumedItsWordIsRefusedAndNothingIsPublishedTwice() {
        var job = accepted(ANN);
        var paused = claimed("paused");
        var late = stagedAll(paused, 1);
        clock().advance(PAST_LEASE);
        assertRefused(paused);
        assertThat(completed(paused, late)).isFalse();

        assertEnded(jobs().sweep(), job, QUEUED);
        assertThat(completed(paused, late)).isFalse();

        var next = claimed("next");
        var assets = stagedAll(next, 1);
        assertRefused(paused);
        assertThat(completed(paused, late)).isFalse();
        assertThat(completed(paused, assets)).isFalse();
        assertThat(completed(next, assets)).isTrue();
        assertThat(completed(paused, late)).isFalse();

        assertThat(found(job).assets()).extracting(Asset::id).isEqualTo(assets);
        assertThat(assets().list(ANN, AssetFilter.all(), Optional.empty(), 10).items())
                .hasSize(1);
        assertThat(assets().doomed(10)).extracting(Asset::id).isEqualTo(late);
        assertThat(paid(job)).isEqualTo(-1);
    }

    @RepeatedTest(50)
    default void line50CompletionRacesLeaseExpiryAndOneWins() throws InterruptedException {
        var job = accepted(ANN);
        var fence = claimed();
        var assets = stagedAll(fence, 1);
        var completed = new AtomicBoolean();

        Together.race(() -> completed.set(completed(fence, assets)), () -> {
            clock().advance(PAST_LEASE);
            jobs().sweep();
        });

        assertThat(status(job)).isEqualTo(completed.get() ? COMPLETED : QUEUED);
        assertThat(found(job).assets()).hasSize(completed.get() ? 1 : 0);
        assertThat(assets().doomed(10)).hasSize(completed.get() ? 0 : 1);
        assertThat(paid(job)).isEqualTo(-1);
        assertMoneyAddsUp();
    }

    @Test
    default void line51TheThirdCrashFailsTheJobAndPaysItBackAndItsNeighbourLives() {
        var job = accepted(ANN);
        var neighbour = accepted(BOB);
        for (var crash = 1; crash <= 2; crash++) {
            assertThat(claimed("w").jobId()).isEqualTo(job.id());
            assertEnded(jobs().workerDied("w", Death.CRASHED), job, QUEUED);
        }
        assertThat(claimed("w").jobId()).isEqualTo(job.id());
        assertEnded(jobs().workerDied("w", Death.CRASHED), job, FAILED);

        assertThat(failure(job).message()).contains("crashed 3 times");
        assertThat(failure(job).cancelled()).isFalse();
        assertThat(paid(job)).isZero();
        assertThat(claimed("w").jobId()).isEqualTo(neighbour.id());
        assertMoneyAddsUp();
    }

    @Test
    default void line51ALeaseThatExpiresInSilenceCountsAsACrash() {
        var job = accepted(ANN);
        for (var crash = 1; crash <= 3; crash++) {
            claimed();
            clock().advance(PAST_LEASE);
            jobs().sweep();
        }
        assertThat(status(job)).isEqualTo(FAILED);
        assertThat(paid(job)).isZero();
    }

    @Test
    default void line51BeingKilledDoesNotCount() {
        var job = accepted(ANN);
        for (var death = 1; death <= 5; death++) {
            claimed("w");
            assertEnded(jobs().workerDied("w", Death.KILLED), job, QUEUED);
        }
        claimed("w");
        jobs().workerDied("w", Death.CRASHED);
        assertThat(status(job)).isEqualTo(QUEUED);
    }

    @Test
    default void onlyTheDeadWorkersJobsAreTakenBack() {
        var dead = accepted(ANN);
        var living = accepted(ANN);
        claimed("dead");
        claimed("living");

        jobs().workerDied("dead", Death.KILLED);

        assertThat(status(dead)).isEqualTo(QUEUED);
        assertThat(status(living)).isEqualTo(PROCESSING);
        assertThat(jobs().workerDied("never seen", Death.CRASHED)).isEmpty();
    }

    @Test
    default void workersOfAnEarlierLifeAreKnownByTheirPrefix() {
        var own = accepted(ANN);
        var remote = accepted(ANN);
        claimed("local_1");
        claimed("localX1");

        assertEnded(jobs().workersGone("local_"), own, QUEUED);

        assertThat(status(own)).isEqualTo(QUEUED);
        assertThat(status(remote)).isEqualTo(PROCESSING);
    }

    @Test
    default void line52AGenerationPastItsLimitFailsWithATimeoutHoweverAliveItsWorkerIs() {
        var job = accepted(ANN);
        var fence = claimed();
        for (var minute = 0; minute < 15; minute++) {
            assertThat(jobs().sweep()).isEmpty();
            assertThat(jobs().heartbeat(fence, minute, "denoising")).isTrue();
            clock().advance(Duration.ofSeconds(59));
        }
        jobs().heartbeat(fence, 99, "denoising");
        clock().advance(Duration.ofSeconds(15));

        assertEnded(jobs().sweep(), job, FAILED);

        assertThat(failure(job).message()).contains("timeout");
        assertThat(paid(job)).isZero();
        assertThat(jobs().heartbeat(fence, 100, "decoding")).isFalse();
        assertMoneyAddsUp();
    }

    @Test
    default void theLimitIsOfAnAttemptNotOfTheJob() {
        Job job = accepted(ANN);
        var first = claimed();
        clock().advance(Duration.ofSeconds(50));
        jobs().release(first);
        clock().advance(Duration.ofMinutes(20));
        claimed();

        jobs().sweep();

        assertThat(status(job)).isEqualTo(PROCESSING);
    }

    private void assertRefused(Fence fence) {
        assertThat(jobs().held(fence)).isEmpty();
        assertThat(jobs().heartbeat(fence, 50, "late")).isFalse();
        assertThat(jobs().release(fence)).isFalse();
        assertThat(jobs().fail(fence, "late", Map.of())).isFalse();
        assertThat(assets().stage(fence, asset(fence, 0, 1))).isFalse();
    }

    private static void assertEnded(List<Job> ended, Job job, JobState.Status status) {
        assertThat(ended).extracting(Job::id, it -> it.state().status()).containsExactly(tuple(job.id(), status));
    }
}
