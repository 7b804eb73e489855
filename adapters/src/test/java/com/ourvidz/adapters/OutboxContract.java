package com.ourvidz.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.adapters.web.WebReceiver;
import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobState;
import com.ourvidz.core.webhook.Delivery;
import com.ourvidz.core.webhook.Endpoint;
import com.ourvidz.core.webhook.Event;
import com.ourvidz.core.webhook.Outbox;
import com.ourvidz.core.webhook.Outcome;
import com.ourvidz.core.webhook.RetrySchedule;
import com.ourvidz.core.webhook.Sender;
import com.ourvidz.core.webhook.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From a job's end to a user's endpoint: the outbox of a backend, sent over real HTTP, at times that the test sets. */
public interface OutboxContract extends WebhookFixture {

    Event.Bodies BODIES = (event, origin) ->
            (event.type() + " of " + event.job().map(Job::id).orElseThrow()).getBytes(StandardCharsets.UTF_8);

    @Test
    default void anEventIsSentOnceWithItsIdAndItsTime() throws IOException {
        try (var server = new LocalEndpoint()) {
            var endpoint = endpoint(ANN, server.url("/hook"));
            var job = done();

            assertThat(sendDue()).singleElement().isInstanceOf(Verdict.Delivered.class);
            assertThat(sendDue()).isEmpty();

            assertThat(server.received()).singleElement().satisfies(request -> {
                var id = outbox(endpoint).getFirst().id().toString();
                var now = clock().instant();
                assertThat(request.method()).isEqualTo("POST");
                assertThat(request.body()).isEqualTo("job.completed of " + job.id());
                assertThat(request.headers().getFirst("webhook-id")).isEqualTo(id);
                assertThat(request.headers().getFirst("webhook-timestamp"))
                        .isEqualTo(Long.toString(now.getEpochSecond()));
                assertThat(request.headers().getFirst("webhook-signature"))
                        .isEqualTo(
                                endpoint.secret().sign(id, now, request.body().getBytes(StandardCharsets.UTF_8)));
                assertThat(request.headers().getFirst("Content-Type")).startsWith("application/json");
                assertThat(request.headers()).doesNotContainKeys("Cookie", "Authorization");
            });
            assertThat(outbox(endpoint).getFirst().state()).isEqualTo(Delivery.State.DELIVERED);
        }
    }

    @Test
    default void line69ARedirectIsNotFollowedAndIsAFailure() throws IOException {
        try (var server = new LocalEndpoint()) {
            server.answer("/hook", 307, Map.of("Location", server.url("/elsewhere")), "moved");
            var endpoint = endpoint(ANN, server.url("/hook"));
            done();

            assertThat(sendDue()).singleElement().isInstanceOf(Verdict.Again.class);

            assertThat(server.received()).hasSize(1);
            assertThat(last(endpoint).status()).contains(307);
            assertThat(last(endpoint).answer()).isEqualTo("moved");
        }
    }

    @Test
    default void line69AnEndpointThatIsGoneIsSwitchedOffAndHearsNothingMore() throws IOException {
        try (var server = new LocalEndpoint()) {
            server.answer("/hook", 410, Map.of(), "");
            var endpoint = endpoint(ANN, server.url("/hook"));
            done();

            assertThat(sendDue()).singleElement().isInstanceOf(Verdict.Gone.class);

            assertThat(webhooks().find(endpoint.id(), ANN).orElseThrow().enabled())
                    .isFalse();
            done();
            clock().advance(Duration.ofDays(3));
            assertThat(sendDue()).isEmpty();
            assertThat(server.received()).hasSize(1);
        }
    }

    @Test
    default void line69AnEndpointThatIsTooBusyIsLeftInPeaceForAsLongAsItAsks() throws IOException {
        try (var server = new LocalEndpoint()) {
            server.answer("/hook", 429, Map.of("Retry-After", "3600"), "");
            var endpoint = endpoint(ANN, server.url("/hook"));
            done();
            sendDue();
            server.answer("/hook", 200, Map.of(), "ok");

            clock().advance(Duration.ofSeconds(3599));
            assertThat(sendDue()).isEmpty();
            clock().advance(Duration.ofSeconds(1));
            assertThat(sendDue()).singleElement().isInstanceOf(Verdict.Delivered.class);

            assertThat(outbox(endpoint).getFirst().attempts()).isEqualTo(2);
        }
    }

    @Test
    default void line71AReceiverThatIsDownIsTriedOverHoursAndThenGivenUpWhileTheJobIsDone() throws IOException {
        var server = new LocalEndpoint();
        var endpoint = endpoint(ANN, server.url("/hook"));
        server.close();
        var begun = clock().instant();
        var job = done();

        var tries = new ArrayList<Instant>();
        while (outbox(endpoint).getFirst().state() == Delivery.State.PENDING) {
            tries.add(clock().instant());
            assertThat(sendDue()).hasSize(1);
            outbox(endpoint).getFirst().nextTry().ifPresent(next -> {
                clock().advance(Duration.between(clock().instant(), next).minusMillis(1));
                assertThat(due()).isZero();
                clock().advance(Duration.ofMillis(1));
            });
        }

        assertThat(tries).hasSize(10);
        assertThat(Duration.between(begun, tries.getLast())).isBetween(Duration.ofDays(3), Duration.ofDays(4));
        assertThat(outbox(endpoint).getFirst().state()).isEqualTo(Delivery.State.DEAD);
        assertThat(last(endpoint).status()).isEmpty();
        assertThat(last(endpoint).answer()).isEqualTo("The connection failed.");
        assertThat(status(job)).isEqualTo(JobState.Status.COMPLETED);
        assertMoneyAddsUp();
    }

    @Test
    default void line71AReceiverThatIsBackGetsWhatItMissedAsTheSameMessage() throws IOException {
        try (var server = new LocalEndpoint()) {
            server.answer("/hook", 500, Map.of(), "out of order");
            var endpoint = endpoint(ANN, server.url("/hook"));
            done();
            sendDue();
            server.answer("/hook", 200, Map.of(), "ok");

            clock().advance(Duration.ofSeconds(6));
            assertThat(sendDue()).singleElement().isInstanceOf(Verdict.Delivered.class);

            assertThat(server.received().stream()
                            .map(request -> request.headers().getFirst("webhook-id"))
                            .distinct())
                    .containsExactly(outbox(endpoint).getFirst().id().toString());
            assertThat(server.received().stream()
                            .map(request -> request.headers().getFirst("webhook-timestamp"))
                            .distinct())
                    .hasSize(2);
        }
    }

    @Test
    default void whoDiesBetweenSendingAndNotingLeavesItToBeSentAgain() throws IOException {
        try (var server = new LocalEndpoint()) {
            endpoint(ANN, server.url("/hook"));
            done();
            claims(); // and is never heard of again

            assertThat(sendDue()).isEmpty();
            clock().advance(LEASE);
            assertThat(sendDue()).singleElement().isInstanceOf(Verdict.Delivered.class);
        }
    }

    @Test
    default void whatIsOverIsForgottenAfterThirtyDays() throws IOException {
        try (var server = new LocalEndpoint();
                var receiver = receiver()) {
            var endpoint = endpoint(ANN, server.url("/hook"));
            done();
            sendDue();

            clock().advance(Duration.ofDays(30));
            outbox(receiver).sweep();
            assertThat(outbox(endpoint)).hasSize(1);
            clock().advance(Duration.ofMillis(1));
            outbox(receiver).sweep();
            assertThat(outbox(endpoint)).isEmpty();
        }
    }

    private List<Verdict> sendDue() throws IOException {
        try (var receiver = receiver()) {
            var outbox = outbox(receiver);
            return outbox.due(100).stream()
                    .map(claim -> outbox.deliver(claim).orElseThrow())
                    .toList();
        }
    }

    /** How many would be sent now; for the case that it is none. */
    private int due() {
        return claims().size();
    }

    private Outcome last(Endpoint endpoint) {
        return outbox(endpoint).getFirst().last().orElseThrow().outcome();
    }

    private static WebReceiver receiver() {
        return new WebReceiver(Set.of("127.0.0.1"));
    }

    private Outbox outbox(WebReceiver receiver) {
        return new Outbox(
                webhooks(), jobs(), new Sender(receiver, BODIES, clock()), new RetrySchedule(new Random(7)), clock());
    }
}
