package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two things at the same moment, over HTTP, on a platform with the shortest lease. */
@Timeout(120)
class RaceCampaignTest {

    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final int MANY = 1000;
    private static final Executor AT_ONCE = task -> Thread.ofVirtual().start(task);

    private static TestPlatform platform;

    private final String name = TestPlatform.newName();
    private Client user;
    private TestWorker worker;

    @BeforeAll
    static void start() {
        platform = new TestPlatform(Map.of("OURVIDZ_LEASE", Long.toString(LEASE.toSeconds())));
    }

    @BeforeEach
    void meet() {
        user = platform.user(name);
        worker = platform.newWorker();
    }

    @AfterEach
    void theLedgerAddsUp() {
        assertThat(platform.discrepancies()).isEmpty();
    }

    @AfterAll
    static void stop() throws IOException {
        platform.close();
    }

    /** @param millis from the lease's end to the worker's last word */
    @ParameterizedTest
    @ValueSource(longs = {-20, -5, 0, 5, 400})
    void line50ACompletionRacesTheEndOfItsLeaseAndOneWins(long millis) {
        var job = user.ordered("a red lighthouse");
        var held = worker.lease(job);
        var beaten = System.nanoTime();
        var asset = worker.uploaded(held, 0);
        var second = platform.newWorker();
        var next = CompletableFuture.supplyAsync(() -> second.lease(6), AT_ONCE);
        awaitNanos(beaten + LEASE.toNanos() + millis * 1_000_000);

        var won = worker.complete(held, List.of(asset)).status() == 200;

        var again = next.join();
        assertThat(again.isPresent()).isNotEqualTo(won);
        again.ifPresent(taken ->
                second.complete(taken, List.of(second.uploaded(taken, 0))).ok());
        worker.complete(held, List.of(asset)).error(409);
        var ended = user.job(job);
        assertThat(ended.get("status").asString()).isEqualTo("completed");
        assertThat(ended.get("attempt").asInt()).isEqualTo(won ? 1 : 2);
        assertThat(ended.get("assets")).hasSize(1);
        assertThat(user.get("/api/assets").ok().get("assets")).hasSize(1);
        assertThat(platform.balance(name)).isEqualTo(999);
    }

    @Test
    void line46CancelRacesCompletionTwentyTimesAndOneWinsEachTime() {
        var completed = 0;
        for (var round = 0; round < 20; round++) {
            var job = user.ordered("a fox in snow");
            var held = worker.lease(job);
            var asset = worker.uploaded(held, 0);
            var cancel = CompletableFuture.supplyAsync(
                    () -> user.delete("/api/jobs/" + job).status(), AT_ONCE);
            var complete = CompletableFuture.supplyAsync(
                    () -> worker.complete(held, List.of(asset)).status(), AT_ONCE);
            assertThat(List.of(cancel.join(), complete.join())).containsExactlyInAnyOrder(200, 409);
            var done = complete.join() == 200;
            completed += done ? 1 : 0;
            assertThat(user.job(job).get("status").asString()).isEqualTo(done ? "completed" : "failed");
            assertThat(platform.balance(name)).isEqualTo(1000 - completed);
        }
        assertThat(user.get("/api/assets?limit=100").ok().get("assets")).hasSize(completed);
    }

    @Test
    void line57AThousandJobsOfOneUserDelayAnothersByOneRoundAtMost() throws IOException {
        var limits = Map.of(
                "OURVIDZ_CREDITS", "1000",
                "OURVIDZ_QUEUE_LIMIT", Integer.toString(MANY + 1),
                "OURVIDZ_USER_QUEUE_LIMIT", Integer.toString(MANY));
        try (var own = new TestPlatform(limits)) {
            var ann = own.newUser();
            try (var threads = Executors.newFixedThreadPool(16)) {
                IntStream.range(0, MANY).forEach(each -> threads.execute(() -> ann.order("a street market")));
            }
            assertThat(ann.get("/api/queue-status").ok().at("/queues/0/depth").asInt())
                    .isEqualTo(MANY);
            var bobs = own.newUser().ordered("a fox in snow");

            var round = List.of(taken(own), taken(own));

            assertThat(round).contains(bobs);
        }
    }

    private static String taken(TestPlatform from) {
        return from.newWorker().lease(1).orElseThrow().job();
    }

    private static void awaitNanos(long moment) {
        while (System.nanoTime() < moment) {
            LockSupport.parkNanos(moment - System.nanoTime());
        }
    }
}
