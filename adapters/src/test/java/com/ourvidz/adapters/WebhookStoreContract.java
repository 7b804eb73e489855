package com.ourvidz.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.core.Rejection;
import com.ourvidz.core.job.JobStore;
import com.ourvidz.core.webhook.Delivery;
import com.ourvidz.core.webhook.Outcome;
import com.ourvidz.core.webhook.Secret;
import com.ourvidz.core.webhook.Verdict;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a store of webhooks promises, together with the job store that fills its outbox. */
public interface WebhookStoreContract extends WebhookFixture {

    @Test
    default void aCompletedJobIsOneEventForEachEndpointOfItsUser() {
        var first = endpoint(ANN);
        var second = endpoint(ANN);
        var bobs = endpoint(BOB);

        var job = done();

        for (var endpoint : List.of(first, second)) {
            assertThat(outbox(endpoint)).singleElement().satisfies(delivery -> {
                assertThat(delivery.jobId()).isEqualTo(job.id());
                assertThat(delivery.type()).isEqualTo("job.completed");
                assertThat(delivery.state()).isEqualTo(Delivery.State.PENDING);
                assertThat(delivery.createdAt()).isEqualTo(clock().instant());
                assertThat(delivery.attempts()).isZero();
                assertThat(delivery.last()).isEmpty();
            });
        }
        assertThat(outbox(bobs)).isEmpty();
    }

    @Test
    default void everyWayInWhichAJobFailsIsOneEvent() {
        var endpoint = endpoint(ANN);

        accepted(ANN);
        jobs().fail(claimed(), "broken", Map.of());
        jobs().cancel(accepted(ANN).id(), ANN);
        accepted(ANN);
        for (var death = 1; death <= SETTINGS.maxCrashes(); death++) {
            claimed();
            jobs().workerDied("worker", JobStore.Death.CRASHED);
        }
        accepted(ANN);
        claimed();
        clock().advance(SETTINGS.generationLimit());
        jobs().sweep();

        assertThat(outbox(endpoint))
                .hasSize(4)
                .allSatisfy(delivery -> assertThat(delivery.type()).isEqualTo("job.failed"));
        assertThat(outbox(endpoint).stream().map(Delivery::jobId).distinct()).hasSize(4);
    }

    @Test
    default void whatDoesNotEndAJobIsNoEvent() {
        var endpoint = endpoint(ANN);
        var job = accepted(ANN);
        var stale = claimed();
        jobs().heartbeat(stale, 50, "denoise");
        jobs().release(stale);
        assertThat(jobs().fail(stale, "too late", Map.of())).isFalse();
        assertThat(outbox(endpoint)).isEmpty();

        var fence = claimed();
        completed(fence, stagedAll(fence, 1));
        jobs().cancel(job.id(), ANN);

        assertThat(outbox(endpoint)).hasSize(1);
    }

    @Test
    default void anEndpointThatIsSwitchedOffHearsNothingAndWhatWaitsForItWaitsOn() {
        var endpoint = endpoint(ANN);
        done();
        assertThat(webhooks().enable(endpoint.id(), ANN, false).orElseThrow().enabled())
                .isFalse();

        done();
        assertThat(claims()).isEmpty();
        assertThat(outbox(endpoint)).hasSize(1);

        assertThat(webhooks().enable(endpoint.id(), ANN, true).orElseThrow().enabled())
                .isTrue();
        assertThat(claims()).hasSize(1);
    }

    @Test
    default void aClaimHasTheEndpointAndCountsTheTry() {
        var endpoint = endpoint(ANN);
        var job = done();

        assertThat(claims()).singleElement().satisfies(claim -> {
            assertThat(claim.endpoint()).isEqualTo(endpoint);
            assertThat(claim.delivery().jobId()).isEqualTo(job.id());
            assertThat(claim.delivery().attempts()).isEqualTo(1);
        });
    }

    @Test
    default void anEndpointGetsOneThingAtATimeOldestFirstAndDoesNotHoldUpOthers() {
        endpoint(ANN);
        var first = done();
        clock().advance(Duration.ofMillis(1));
        var second = done();
        var bobs = endpoint(BOB);
        jobs().cancel(accepted(BOB).id(), BOB);

        var claims = claims();
        assertThat(claims).hasSize(2);
        assertThat(claims.stream().map(claim -> claim.delivery().jobId())).contains(first.id());
        assertThat(claims.stream().map(claim -> claim.endpoint().id())).contains(bobs.id());
        assertThat(claims()).isEmpty();

        claims.forEach(claim -> webhooks().note(claim, TAKEN, new Verdict.Delivered()));
        assertThat(claims())
                .singleElement()
                .satisfies(claim -> assertThat(claim.delivery().jobId()).isEqualTo(second.id()));
    }

    @Test
    default void noMoreAreClaimedThanAskedFor() {
        IntStream.range(0, 3).forEach(i -> endpoint(ANN));
        done();

        assertThat(webhooks().claim(2, LEASE)).hasSize(2);
        assertThat(webhooks().claim(2, LEASE)).hasSize(1);
    }

    @Test
    default void ofManyWhoClaimAtOnceOneGetsIt() throws InterruptedException {
        endpoint(ANN);
        done();

        assertThat(Together.run(8, number -> claims().size()))
                .containsOnlyOnce(1)
                .containsOnly(0, 1);
    }

    @Test
    default void aClaimThatIsNeverNotedIsGivenOutAgainAndItsWordCountsNoMore() {
        var endpoint = endpoint(ANN);
        done();
        var lost = claims().getFirst();
        clock().advance(LEASE.minusMillis(1));
        assertThat(claims()).isEmpty();

        clock().advance(Duration.ofMillis(1));
        var again = claims().getFirst();

        assertThat(again.delivery().id()).isEqualTo(lost.delivery().id());
        assertThat(again.delivery().attempts()).isEqualTo(2);
        assertThat(webhooks().note(lost, TAKEN, new Verdict.Delivered())).isFalse();
        assertThat(outbox(endpoint).getFirst().state()).isEqualTo(Delivery.State.PENDING);
        assertThat(webhooks().note(again, TAKEN, new Verdict.Delivered())).isTrue();
        assertThat(webhooks().note(again, TAKEN, new Verdict.Delivered())).isFalse();
    }

    @Test
    default void whatCameOfATryIsKept() {
        var endpoint = endpoint(ANN);
        done();
        var busy = new Outcome(Optional.of(503), "busy", Optional.empty());
        var soon = clock().instant().plusSeconds(5);

        webhooks().note(claims().getFirst(), busy, new Verdict.Again(soon));

        var delivery = outbox(endpoint).getFirst();
        assertThat(delivery.nextTry()).contains(soon);
        assertThat(delivery.last()).contains(new Delivery.Tried(clock().instant(), busy));
        assertThat(claims()).isEmpty();
        clock().advance(Duration.ofSeconds(5));
        webhooks().note(claims().getFirst(), Outcome.unanswered("No answer in time."), new Verdict.Dead());
        clock().advance(Duration.ofDays(1));
        assertThat(claims()).isEmpty();
        assertThat(outbox(endpoint).getFirst()).satisfies(dead -> {
            assertThat(dead.state()).isEqualTo(Delivery.State.DEAD);
            assertThat(dead.attempts()).isEqualTo(2);
            assertThat(dead.last().orElseThrow().outcome().status()).isEmpty();
            assertThat(dead.last().orElseThrow().outcome().answer()).isEqualTo("No answer in time.");
        });
    }

    @Test
    default void line69AnEndpointThatIsGoneIsSwitchedOff() {
        var endpoint = endpoint(ANN);
        var other = endpoint(ANN);
        done();
        var claim = claims().stream()
                .filter(it -> it.endpoint().equals(endpoint))
                .findFirst()
                .orElseThrow();

        webhooks().note(claim, new Outcome(Optional.of(410), "", Optional.empty()), new Verdict.Gone());

        assertThat(webhooks().find(endpoint.id(), ANN).orElseThrow().enabled()).isFalse();
        assertThat(webhooks().find(other.id(), ANN).orElseThrow().enabled()).isTrue();
        assertThat(outbox(endpoint).getFirst().state()).isEqualTo(Delivery.State.DEAD);
    }

    @Test
    default void aRetryIsTriedAtOnceWhateverBecameOfTheDelivery() {
        var endpoint = endpoint(ANN);
        done();
        webhooks().note(claims().getFirst(), TAKEN, new Verdict.Delivered());
        var delivery = outbox(endpoint).getFirst();

        assertThat(webhooks().retry(delivery.id(), endpoint.id(), BOB)).isEmpty();
        assertThat(webhooks().retry(delivery.id(), UUID.randomUUID(), ANN)).isEmpty();
        assertThat(claims()).isEmpty();
        assertThat(webhooks()
                        .retry(delivery.id(), endpoint.id(), ANN)
                        .orElseThrow()
                        .state())
                .isEqualTo(Delivery.State.PENDING);

        assertThat(claims())
                .singleElement()
                .satisfies(claim -> assertThat(claim.delivery().id()).isEqualTo(delivery.id()));
    }

    @Test
    default void aRetryOfWhatIsBeingTriedLeavesTheTryAlone() {
        var endpoint = endpoint(ANN);
        done();
        var claim = claims().getFirst();

        webhooks().retry(claim.delivery().id(), endpoint.id(), ANN);

        assertThat(claims()).isEmpty();
        assertThat(webhooks().note(claim, TAKEN, new Verdict.Delivered())).isTrue();
    }

    @Test
    default void aUserHasNoMoreEndpointsThanAllowed() {
        IntStream.range(0, MOST).forEach(i -> endpoint(ANN));

        assertThatThrownBy(() -> endpoint(ANN))
                .isInstanceOfSatisfying(
                        Rejection.class, refused -> assertThat(refused.reason()).isEqualTo(Rejection.Reason.CONFLICT));
        endpoint(BOB);
        assertThat(webhooks().list(ANN)).hasSize(MOST);
    }

    @Test
    default void anEndpointIsItsUsersAlone() {
        var endpoint = endpoint(ANN);
        done();

        assertThat(webhooks().find(endpoint.id(), BOB)).isEmpty();
        assertThat(webhooks().enable(endpoint.id(), BOB, false)).isEmpty();
        assertThat(webhooks().rotate(endpoint.id(), BOB, Secret.of(new SecureRandom()), LEASE))
                .isEmpty();
        assertThat(webhooks().remove(endpoint.id(), BOB)).isFalse();
        assertThat(webhooks().list(BOB)).isEmpty();
        assertThat(webhooks()
                        .deliveries(endpoint.id(), BOB, Optional.empty(), 10)
                        .items())
                .isEmpty();
        assertThat(webhooks().list(ANN)).containsExactly(endpoint);
    }

    @Test
    default void anEndpointIsDeletedWithAllThatWaitsForItAndATryThatRunsChangesNothing() {
        var endpoint = endpoint(ANN);
        done();
        var claim = claims().getFirst();

        assertThat(webhooks().remove(endpoint.id(), ANN)).isTrue();

        assertThat(webhooks().note(claim, TAKEN, new Verdict.Delivered())).isFalse();
        assertThat(webhooks().find(endpoint.id(), ANN)).isEmpty();
        clock().advance(LEASE);
        assertThat(claims()).isEmpty();
        assertThat(webhooks().remove(endpoint.id(), ANN)).isFalse();
    }

    @Test
    default void rotatingKeepsTheSecretBefore() {
        var endpoint = endpoint(ANN);
        var fresh = Secret.of(new SecureRandom());

        var rotated = webhooks()
                .rotate(endpoint.id(), ANN, fresh, Duration.ofHours(24))
                .orElseThrow();

        assertThat(rotated.secret()).isEqualTo(fresh);
        assertThat(rotated.retired().orElseThrow().secret()).isEqualTo(endpoint.secret());
        assertThat(rotated.retired().orElseThrow().until())
                .isEqualTo(clock().instant().plus(Duration.ofHours(24)));
        assertThat(webhooks().find(endpoint.id(), ANN)).contains(rotated);
    }

    @Test
    default void whatIsOverIsForgottenAndWhatWaitsIsNot() {
        var endpoint = endpoint(ANN);
        done();
        webhooks().note(claims().getFirst(), TAKEN, new Verdict.Delivered());
        clock().advance(Duration.ofMillis(1));
        var waiting = done();
        var between = clock().instant();

        webhooks().forget(between);
        assertThat(outbox(endpoint)).extracting(Delivery::jobId).containsExactly(waiting.id());

        webhooks().forget(between.plusMillis(1));
        assertThat(outbox(endpoint)).hasSize(1);
        webhooks().enable(endpoint.id(), ANN, false);
        webhooks().forget(between.plusMillis(1));
        assertThat(outbox(endpoint)).isEmpty();
    }

    @Test
    default void theLogHasPagesFromNewestToOldest() {
        var endpoint = endpoint(ANN);
        var first = done();
        clock().advance(Duration.ofMillis(1));
        var second = done();

        var page = webhooks().deliveries(endpoint.id(), ANN, Optional.empty(), 1);

        assertThat(page.items()).extracting(Delivery::jobId).containsExactly(second.id());
        assertThat(webhooks().deliveries(endpoint.id(), ANN, page.next(), 1).items())
                .extracting(Delivery::jobId)
                .containsExactly(first.id());
    }
}
