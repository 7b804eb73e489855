package com.ourvidz.adapters;

import static com.ourvidz.core.job.JobState.Status.COMPLETED;
import static com.ourvidz.core.job.JobState.Status.FAILED;
import static com.ourvidz.core.job.JobState.Status.PROCESSING;
import static com.ourvidz.core.job.JobState.Status.QUEUED;
import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.Fence;
import com.ourvidz.core.asset.Asset;
import com.ourvidz.core.asset.AssetFilter;
import com.ourvidz.core.catalog.Queue;
import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobState;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What a job store promises of how jobs end: once, and with one effect on assets and money. */
public interface EndContract extends StoreFixture {

    @Test
    default void completingPublishesTheAssetsInOrderAndKeepsTheReport() {
        var job = accepted(ANN, StoreFixture.order(3, 2));
        var fence = claimed();
        var third = staged(fence, 2);
        var first = staged(fence, 0);
        var second = staged(fence, 1);
        Map<String, Object> report = Map.of(
                "seeds",
                List.of(9007199254740985L, 7, 8),
                "generation_time",
                new BigDecimal("12.345"),
                "model",
                "starter");

        assertThat(jobs().complete(fence, List.of(third.id(), first.id(), second.id()), report))
                .isTrue();

        assertThat(found(job).assets()).containsExactly(first, second, third);
        assertThat(found(job).report()).isEqualTo(report);
        assertThat(found(job).state()).isEqualTo(new JobState.Completed(clock().instant(), clock().instant()));
        assertThat(paid(job)).isEqualTo(-2);
        assertThat(assets().doomed(10)).isEmpty();
        assertMoneyAddsUp();
    }

    @Test
    default void aJobIsNotCompletedWithoutAllOfItsAssets() {
        accepted(ANN, StoreFixture.order(3, 1));
        var fence = claimed();
        var two = stagedAll(fence, 2);
        assertNotCompleted(fence, two);
        assertNotCompleted(fence, List.of());
        assertNotCompleted(fence, List.of(two.getFirst(), two.getLast(), two.getLast()));

        var begun = asset(fence, 2, 0);
        assets().stage(fence, begun);
        assertNotCompleted(fence, List.of(two.getFirst(), two.getLast(), begun.id()));
    }

    @Test
    default void aJobIsNotCompletedWithMoreThanItsAssets() {
        accepted(ANN, StoreFixture.order(1, 1));
        var fence = claimed();
        var two = stagedAll(fence, 2);

        assertNotCompleted(fence, two);
        assertNotCompleted(fence, two.subList(0, 1));
        assertNotCompleted(fence, two.subList(1, 2));
    }

    @Test
    default void line61AssetsOfAnotherJobOrAttemptAreRefused() {
        accepted(ANN);
        accepted(ANN);
        var other = claimed("other");
        var others = stagedAll(other, 1);
        var earlier = claimed("mine");
        var old = stagedAll(earlier, 1);
        jobs().release(earlier);
        var fence = claimed("mine");

        assertNotCompleted(fence, others);
        assertNotCompleted(fence, old);
        var own = stagedAll(fence, 1);
        assertNotCompleted(fence, others);
        assertNotCompleted(fence, old);
        assertThat(completed(fence, own)).isTrue();
        assertThat(completed(other, others)).isTrue();
        assertMoneyAddsUp();
    }

    @Test
    default void line61ACallbackSaidTwiceHasNoSecondEffect() {
        var job = accepted(ANN);
        var fence = claimed();
        var assets = stagedAll(fence, 1);
        assertThat(completed(fence, assets)).isTrue();
        var after = found(job);

        assertThat(jobs().complete(fence, assets, Map.of("seed", 1))).isFalse();
        assertThat(jobs().fail(fence, "late", Map.of())).isFalse();
        assertThat(jobs().release(fence)).isFalse();

        assertThat(found(job)).isEqualTo(after);
        assertThat(paid(job)).isEqualTo(-1);
    }

    @Test
    default void line61ACallbackOfAnEarlierAttemptHasNoEffect() {
        var job = accepted(ANN);
        var earlier = claimed();
        jobs().release(earlier);
        var fence = claimed();

        assertThat(jobs().fail(earlier, "late", Map.of())).isFalse();

        assertThat(status(job)).isEqualTo(PROCESSING);
        assertThat(completed(fence, stagedAll(fence, 1))).isTrue();
    }

    @Test
    default void line45FailureIsPaidBackOnce() {
        assertPaidBackOnce(fence -> jobs().fail(fence, "NaN in the output", Map.of("seed", 7)));
    }

    @Test
    default void line45TimeoutIsPaidBackOnce() {
        assertPaidBackOnce(fence -> {
            clock().advance(SETTINGS.generationLimit());
            jobs().sweep();
        });
    }

    @Test
    default void line45CancelIsPaidBackOnce() {
        assertPaidBackOnce(fence -> jobs().cancel(fence.jobId(), ANN));
    }

    @Test
    default void aFailedJobSaysWhyAndKeepsItsReport() {
        var job = accepted(ANN);
        jobs().fail(claimed(), "The picture was not a number.", Map.of("steps", 15));

        var expected = new JobState.Failed(
                Optional.of(clock().instant()), clock().instant(), "The picture was not a number.", false);
        assertThat(found(job).state()).isEqualTo(expected);
        assertThat(found(job).report()).isEqualTo(Map.of("steps", 15));
    }

    @Test
    default void aWaitingJobCanBeCancelledAndIsNotGivenToAWorker() {
        var job = accepted(ANN);

        var cancelled = jobs().cancel(job.id(), ANN).orElseThrow();

        assertThat(cancelled.state())
                .isEqualTo(new JobState.Failed(Optional.empty(), clock().instant(), "Cancelled.", true));
        assertThat(jobs().claim(Queue.SDXL_QUEUE, "worker")).isEmpty();
        assertThat(paid(job)).isZero();
        assertMoneyAddsUp();
    }

    @Test
    default void line11AnotherUsersJobCannotBeCancelled() {
        var job = accepted(ANN);

        assertThat(jobs().cancel(job.id(), BOB)).isEmpty();
        assertThat(status(job)).isEqualTo(QUEUED);
    }

    @Test
    default void cancellingWhatIsDoneChangesNothing() {
        var job = done();

        assertThat(jobs().cancel(job.id(), ANN)).contains(job);
        assertThat(job.state().status()).isEqualTo(COMPLETED);
        assertThat(paid(job)).isEqualTo(-1);
        assertMoneyAddsUp();
    }

    @RepeatedTest(100)
    default void line46CancelRacesCompletionAndOneWins() throws InterruptedException {
        var job = accepted(ANN);
        var fence = claimed();
        var assets = stagedAll(fence, 1);
        var completed = new AtomicBoolean();

        Together.race(() -> completed.set(completed(fence, assets)), () -> jobs().cancel(job.id(), ANN));

        assertThat(status(job)).isEqualTo(completed.get() ? COMPLETED : FAILED);
        assertThat(found(job).assets()).hasSize(completed.get() ? 1 : 0);
        assertThat(paid(job)).isEqualTo(completed.get() ? -1 : 0);
        assertMoneyAddsUp();
    }

    @RepeatedTest(30)
    default void line46ManyEndsAtOnceHaveOneEffect() throws InterruptedException {
        var job = accepted(ANN);
        var fence = claimed();
        var assets = stagedAll(fence, 1);

        var ended = Together.run(8, number -> switch (number % 4) {
            case 0 -> completed(fence, assets);
            case 1 -> jobs().fail(fence, "failed", Map.of());
            case 2 -> jobs().release(fence);
            default -> jobs().cancel(job.id(), BOB).isPresent();
        });

        assertThat(ended).filteredOn(effect -> effect).hasSize(1);
        assertThat(paid(job)).isEqualTo(status(job) == FAILED ? 0 : -1);
        assertMoneyAddsUp();
    }

    private void assertPaidBackOnce(Consumer<Fence> end) {
        var job = accepted(ANN, StoreFixture.order(1, 5));
        var fence = claimed();
        var lost = staged(fence, 0);

        end.accept(fence);
        jobs().fail(fence, "again", Map.of());
        jobs().cancel(job.id(), ANN);
        jobs().sweep();

        assertThat(status(job)).isEqualTo(FAILED);
        assertThat(ledger().entries(ANN))
                .filteredOn(entry -> entry.businessKey().startsWith("refund:"))
                .hasSize(1);
        assertThat(ledger().balance(ANN)).isEqualTo(SETTINGS.newUserCredits());
        assertThat(assets().doomed(10)).extracting(Asset::id).containsExactly(lost.id());
        assertMoneyAddsUp();
    }

    private void assertNotCompleted(Fence fence, List<UUID> assets) {
        assertThat(completed(fence, assets)).isFalse();
        assertThat(jobs().held(fence)).map(Job::state).map(JobState::status).contains(PROCESSING);
        assertThat(assets().list(ANN, AssetFilter.all(), Optional.empty(), 10).items())
                .isEmpty();
    }
}
