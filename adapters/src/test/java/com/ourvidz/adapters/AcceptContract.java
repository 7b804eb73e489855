package com.ourvidz.adapters;

import static com.ourvidz.core.Rejection.Reason.CONFLICT;
import static com.ourvidz.core.Rejection.Reason.INSUFFICIENT_CREDITS;
import static com.ourvidz.core.Rejection.Reason.QUEUE_UNAVAILABLE;
import static com.ourvidz.core.Rejection.Reason.TOO_MANY_REQUESTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.ourvidz.core.Rejection;
import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.catalog.Queue;
import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobOrder;
import com.ourvidz.core.job.JobReference;
import com.ourvidz.core.job.JobState;
import com.ourvidz.core.job.JobStore;
import com.ourvidz.core.job.JobStore.IdempotencyKey;
import com.ourvidz.core.job.JobStore.Limits;
import com.ourvidz.core.job.OrderReader;
import com.ourvidz.core.money.LedgerEntry;
import com.ourvidz.core.reference.ReferenceSource;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a job store promises to those who order. */
public interface AcceptContract extends StoreFixture {

    Optional<IdempotencyKey> KEY = Optional.of(new IdempotencyKey("key", "hash"));

    @Test
    default void anOrderComesBackAsItWasGiven() {
        var order = new JobOrder(
                JobType.SDXL_IMAGE_HIGH,
                "a fox in snow, \"quoted\" \uD83E\uDD8A\n",
                Optional.of("blurry"),
                3,
                OrderReader.MAX_SEED,
                4,
                List.of(
                        new JobReference(
                                JobReference.Slot.REFERENCE,
                                Optional.of(JobReference.Type.CHARACTER),
                                0.7,
                                new ReferenceSource.Uploaded(UUID.randomUUID())),
                        new JobReference(
                                JobReference.Slot.END,
                                Optional.empty(),
                                1,
                                new ReferenceSource.Remote("https://pictures.example/fox.png?size=\"big\""))),
                Map.of(
                        "seed",
                        OrderReader.MAX_SEED,
                        "credits",
                        4,
                        "reference_strength",
                        new BigDecimal("0.12345678901234567890123"),
                        "nested",
                        Map.of("list", List.of(1, "two", true))),
                new JobOrder.ClientIds(Optional.of("project-1"), Optional.of("video-1"), Optional.of("image-1")),
                List.of("reference_type is not supported and was ignored."));

        var job = accepted(ANN, order);

        assertThat(job.order()).isEqualTo(order);
        assertThat(job.userId()).isEqualTo(ANN);
        assertThat(job.createdAt()).isEqualTo(clock().instant());
        assertThat(job.state()).isEqualTo(new JobState.Queued());
        assertThat(found(job)).isEqualTo(job);
    }

    @Test
    default void aNewUserIsGrantedCreditsOnceHoweverManyOrdersComeAtOnce() throws InterruptedException {
        Together.run(20, number -> accepted(ANN));

        assertThat(ledger().balance(ANN)).isEqualTo(SETTINGS.newUserCredits() - 20);
        assertThat(ledger().entries(ANN).getFirst()).isEqualTo(LedgerEntry.grant(ANN, SETTINGS.newUserCredits()));
        assertThat(ledger().entries(ANN)).hasSize(21);
        assertMoneyAddsUp();
    }

    @Test
    default void line40NotEnoughCreditsLeavesNoJobAndNoCharge() {
        accepted(ANN, StoreFixture.order(1, 99));

        var refused = refused(StoreFixture.order(1, 2), Optional.empty(), LIMITS);

        assertThat(refused.reason()).isEqualTo(INSUFFICIENT_CREDITS);
        assertThat(refused.fields()).containsKey("suggestedAction");
        assertThat(jobsOf(ANN)).hasSize(1);
        assertThat(ledger().balance(ANN)).isEqualTo(1);
        assertMoneyAddsUp();
    }

    @Test
    default void line41FiftyParallelSubmitsWithCreditForOneGiveOneJob() throws InterruptedException {
        var outcomes = Together.run(50, number -> outcome(StoreFixture.order(1, SETTINGS.newUserCredits())));

        assertThat(outcomes).filteredOn(Optional::isEmpty).hasSize(1);
        assertThat(outcomes.stream().flatMap(Optional::stream))
                .hasSize(49)
                .allSatisfy(refused -> assertThat(refused.reason()).isEqualTo(INSUFFICIENT_CREDITS));
        assertThat(ledger().balance(ANN)).isZero();
        assertThat(jobsOf(ANN)).hasSize(1);
        assertMoneyAddsUp();
    }

    @Test
    default void line42TwentyAtOnceWithOneKeyGiveOneJobAndOneCharge() throws InterruptedException {
        var answers = Together.run(20, number -> jobs().accept(ANN, StoreFixture.order(1, 1), KEY, LIMITS));

        assertThat(answers)
                .extracting(answer -> answer.job().id())
                .containsOnly(jobsOf(ANN).getFirst().id());
        assertThat(answers).filteredOn(answer -> !answer.replayed()).hasSize(1);
        assertThat(ledger().balance(ANN)).isEqualTo(SETTINGS.newUserCredits() - 1);
        assertMoneyAddsUp();
    }

    @Test
    default void line42AnotherBodyUnderTheSameKeyIsAConflict() {
        jobs().accept(ANN, StoreFixture.order(1, 1), KEY, LIMITS);

        var otherBody = Optional.of(new IdempotencyKey("key", "other hash"));

        assertThat(refused(StoreFixture.order(3, 1), otherBody, LIMITS).reason())
                .isEqualTo(CONFLICT);
        assertThat(jobsOf(ANN)).hasSize(1);
        assertMoneyAddsUp();
    }

    @Test
    default void aKeyIsItsUsersOwn() {
        var anns = jobs().accept(ANN, StoreFixture.order(1, 1), KEY, LIMITS);
        var bobs = jobs().accept(BOB, StoreFixture.order(3, 1), KEY, LIMITS);

        assertThat(bobs.replayed()).isFalse();
        assertThat(bobs.job().id()).isNotEqualTo(anns.job().id());
    }

    @Test
    default void aRepeatedRequestIsAnsweredWithoutCreditsAndOverTheLimitAlsoWhenTheJobIsDone() {
        var order = StoreFixture.order(1, SETTINGS.newUserCredits());
        var first = jobs().accept(ANN, order, KEY, LIMITS).job();
        var fence = claimed();
        completed(fence, stagedAll(fence, 1));

        var again = jobs().accept(ANN, order, KEY, new Limits(0, 0));

        assertThat(again.replayed()).isTrue();
        assertThat(again.job()).isEqualTo(found(first));
        assertThat(again.job().assets()).hasSize(1);
    }

    @Test
    default void line26AUserWithTooManyWaitingJobsIsTurnedAwayUntilOneIsTaken() {
        var limits = new Limits(1000, 2);
        jobs().accept(BOB, StoreFixture.order(1, 1), Optional.empty(), limits);
        accepted(ANN);
        accepted(ANN);

        var refused = refused(StoreFixture.order(1, 1), Optional.empty(), limits);

        assertThat(refused.reason()).isEqualTo(TOO_MANY_REQUESTS);
        assertThat(refused.fields()).containsKey("retryAfterSeconds");
        assertThat(ledger().balance(ANN)).isEqualTo(SETTINGS.newUserCredits() - 2);
        claimed();
        claimed();
        assertThat(jobs().accept(ANN, StoreFixture.order(1, 1), Optional.empty(), limits)
                        .queueLength())
                .isEqualTo(2);
    }

    @Test
    default void line26AFullQueueIsUnavailableForAllAndTheOtherQueueIsNot() {
        var limits = new Limits(2, 100);
        accepted(ANN);
        accepted(BOB);

        var refused = refused(StoreFixture.order(1, 1), Optional.empty(), limits);

        assertThat(refused.reason()).isEqualTo(QUEUE_UNAVAILABLE);
        assertThat(refused.fields()).containsEntry("retryable", true).containsKey("retryAfterSeconds");
        var video = StoreFixture.order(JobType.VIDEO_FAST, 1, 1);
        assertThat(jobs().accept(ANN, video, Optional.empty(), limits).queueLength())
                .isEqualTo(1);
    }

    @Test
    default void theQueuesLengthIsWhatWaitsWhateverHasHappenedToJobs() {
        var cancelled = accepted(ANN);
        accepted(ANN);
        accepted(BOB);
        accepted(BOB);
        jobs().cancel(cancelled.id(), ANN);
        var done = claimed();
        completed(done, stagedAll(done, 1));
        jobs().release(claimed());
        claimed("dead");
        jobs().workerDied("dead", JobStore.Death.CRASHED);
        jobs().fail(claimed(), "The paint ran out.", Map.of());

        var next = jobs().accept(ANN, StoreFixture.order(1, 1), Optional.empty(), LIMITS);

        assertThat(next.queueLength())
                .isEqualTo(2)
                .isEqualTo(jobs().figures(Queue.SDXL_QUEUE).depth());
    }

    private List<Job> jobsOf(String user) {
        return jobs().list(user, Optional.empty(), 100).items();
    }

    private Rejection refused(JobOrder order, Optional<JobStore.IdempotencyKey> key, Limits limits) {
        return catchThrowableOfType(Rejection.class, () -> jobs().accept(ANN, order, key, limits));
    }

    private Optional<Rejection> outcome(JobOrder order) {
        try {
            jobs().accept(ANN, order, Optional.empty(), LIMITS);
            return Optional.empty();
        } catch (Rejection rejection) {
            return Optional.of(rejection);
        }
    }
}
