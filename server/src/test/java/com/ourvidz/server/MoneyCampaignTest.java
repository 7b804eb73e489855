package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPlatform.Shared.class)
class MoneyCampaignTest {

    private static final long GRANT = 1000;

    private final TestPlatform platform;
    private final String name = TestPlatform.newName();
    private final Client user;

    MoneyCampaignTest(TestPlatform platform) {
        this.platform = platform;
        this.user = platform.user(name);
    }

    @AfterEach
    void theLedgerAddsUp() {
        assertThat(platform.discrepancies()).isEmpty();
    }

    @Test
    void line40NotEnoughCreditsIs402WithoutAJob() {
        user.order(Map.of("prompt", "a red lighthouse", "credits", GRANT + 1)).error(402);
        assertThat(user.get("/api/jobs").ok().get("jobs")).isEmpty();
        assertThat(platform.balance(name)).isIn(0L, GRANT); // the first request that is accepted makes the user
    }

    @Test
    void line41Of50OrdersAtOnceWithCreditForOneOneIsAccepted() throws Exception {
        var statuses = atOnce(
                        50,
                        () -> user.order(Map.of("prompt", "a fox in snow", "credits", GRANT))
                                .status())
                .toList();
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 402).hasSize(49);
        assertThat(platform.balance(name)).isZero();
    }

    @Test
    void line42TheSameKeyAndBody20TimesAtOnceIsOneJobAndOneCharge() throws Exception {
        var jobs = atOnce(
                20, () -> order("key 1", "a street market").ok().at("/job/id").asString());
        assertThat(jobs.distinct()).hasSize(1);
        assertThat(platform.balance(name)).isEqualTo(GRANT - 1);
        order("key 1", "another street market").error(409);
        order("key 2", "a street market").ok();
        assertThat(platform.balance(name)).isEqualTo(GRANT - 2);
    }

    @Test
    void line42AKeyThatIsNoKeyIs400() {
        order("k".repeat(201), "a street market").error(400);
        order("", "a street market").error(400);
    }

    /** The client hangs up as soon as it has asked; that it was accepted all the same is seen from elsewhere. */
    @Test
    void line44AnOrderWhoseAnswerIsLostIsOneJobAndOneChargeHoweverOftenItIsRetried() throws Exception {
        var body = Client.orderBody(Map.of("prompt", "a red lighthouse"));
        try (var line = new Socket(
                platform.platform().url().getHost(), platform.platform().url().getPort())) {
            line.setSoLinger(true, 0);
            line.getOutputStream().write("""
                            POST /api/queue-job HTTP/1.1\r
                            Host: localhost\r
                            Authorization: Bearer %s\r
                            Content-Type: application/json\r
                            Idempotency-Key: lost\r
                            Content-Length: %d\r
                            \r
                            %s""".formatted(platform.platform().token(name), body.length(), body)
                    .getBytes(StandardCharsets.UTF_8));
            var deadline = Instant.now().plus(Duration.ofSeconds(30));
            while (user.get("/api/jobs").ok().get("jobs").isEmpty()) {
                assertThat(Instant.now()).isBefore(deadline);
            }
        }

        var first = order("lost", "a red lighthouse").ok().at("/job/id").asString();
        var second = order("lost", "a red lighthouse").ok().at("/job/id").asString();

        assertThat(second).isEqualTo(first);
        assertThat(user.get("/api/jobs").ok().get("jobs")).hasSize(1);
        assertThat(platform.balance(name)).isEqualTo(GRANT - 1);
    }

    @Test
    void line45ACancelledJobIsRefundedOnce() {
        var job = user.ordered("a red lighthouse");
        assertThat(platform.balance(name)).isEqualTo(GRANT - 1);
        var cancelled = user.delete("/api/jobs/" + job).ok();
        assertThat(cancelled.get("success").asBoolean()).isTrue();
        assertThat(cancelled.at("/job/status").asString()).isEqualTo("failed");
        assertThat(cancelled.at("/job/metadata/cancelled").asBoolean()).isTrue();
        user.delete("/api/jobs/" + job);
        assertThat(platform.balance(name)).isEqualTo(GRANT);
    }

    @Test
    void line45AFailedJobIsRefundedOnceAndSaysWhy() {
        var job = user.ordered("a red lighthouse");
        var worker = platform.newWorker();
        var held = worker.lease(job);
        worker.fail(held, "The model could not be loaded.").ok();
        worker.fail(held, "The model could not be loaded.").error(409);
        var failed = user.job(job);
        assertThat(failed.get("status").asString()).isEqualTo("failed");
        assertThat(failed.get("error_message").asString()).isEqualTo("The model could not be loaded.");
        assertThat(failed.get("metadata").has("cancelled")).isFalse();
        assertThat(platform.balance(name)).isEqualTo(GRANT);
    }

    @Test
    void line46ACancelledJobCannotBeCompletedNorACompletedOneCancelled() {
        var worker = platform.newWorker();
        var job = user.ordered("a red lighthouse");
        var held = worker.lease(job);
        var asset = worker.uploaded(held, 0);
        user.delete("/api/jobs/" + job).ok();
        worker.heartbeat(held, 50).error(409);
        worker.complete(held, List.of(asset)).error(409);
        assertThat(user.job(job).get("assets")).isEmpty();
        assertThat(platform.balance(name)).isEqualTo(GRANT);

        var second = user.ordered("a fox in snow");
        worker.does(second);
        user.delete("/api/jobs/" + second).error(409);
        assertThat(user.job(second).get("status").asString()).isEqualTo("completed");
        assertThat(platform.balance(name)).isEqualTo(GRANT - 1);
    }

    private Answer order(String key, String prompt) {
        return user.post(
                "/api/queue-job",
                Client.orderBody(Map.of("prompt", prompt)),
                request -> request.header("Idempotency-Key", key));
    }

    private static <T> Stream<T> atOnce(int times, Callable<T> call) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = threads.invokeAll(
                    IntStream.range(0, times).mapToObj(each -> call).toList());
            for (var result : results) {
                result.get();
            }
            return results.stream().map(Future::resultNow);
        }
    }
}
