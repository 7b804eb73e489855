package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.FileSystemUtils;

/** What needs a platform of its own: short leases, small queues, stopping. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LeaseCampaignTest {

    private static TestPlatform platform;

    @BeforeAll
    static void start() {
        platform = new TestPlatform(
                Map.of("OURVIDZ_LEASE", "2", "OURVIDZ_QUEUE_LIMIT", "3", "OURVIDZ_USER_QUEUE_LIMIT", "2"));
    }

    @AfterAll
    static void stop() throws IOException {
        platform.close();
    }

    @Test
    @Order(1)
    void line26AUsersFullQueueIs429AndTheWholeQueues503() {
        var anna = platform.newUser();
        var first = anna.ordered("a red lighthouse");
        var second = anna.ordered("a fox in snow");
        var refused = anna.order("a street market");
        refused.error(429);
        assertThat(refused.header("Retry-After")).matches("\\d+");
        var bert = platform.newUser();
        var third = bert.ordered("a street market");
        var full = bert.order("a red lighthouse");
        assertThat(full.error(503).get("retryable").asBoolean()).isTrue();
        assertThat(full.json().get("suggestedAction").asString()).isNotBlank();
        assertThat(full.header("Retry-After")).matches("\\d+");
        bert.post("/api/jobs/" + third + "/regenerate", "{}").error(503);
        anna.post("/api/jobs/" + first + "/regenerate", "{}").error(429);
        anna.delete("/api/jobs/" + first).ok();
        anna.delete("/api/jobs/" + second).ok();
        bert.delete("/api/jobs/" + third).ok();
    }

    @Test
    @Order(2)
    void line48AWorkerThatDiesIsReplacedWithinItsLeaseAndOneSetOfAssetsIsPublished() {
        var name = TestPlatform.newName();
        var user = platform.user(name);
        var job = user.ordered("a red lighthouse");
        var dead = platform.newWorker();
        dead.uploaded(dead.lease(job), 0); // and nothing more is heard of it
        platform.newWorker().does(job);
        var done = user.job(job);
        assertThat(done.get("status").asString()).isEqualTo("completed");
        assertThat(done.get("attempt").asInt()).isEqualTo(2);
        assertThat(user.get("/api/assets").ok().get("assets")).hasSize(1);
        assertThat(platform.balance(name)).isEqualTo(999);
    }

    @Test
    @Order(3)
    void line49AWorkerPausedPastItsLeaseIsNotListenedToAnyMore() {
        var user = platform.newUser();
        var job = user.ordered("a fox in snow");
        var paused = platform.newWorker();
        var stale = paused.lease(job);
        var asset = paused.uploaded(stale, 0);
        var other = platform.newWorker();
        var held = other.lease(job);
        paused.heartbeat(stale, 90).error(409);
        paused.upload(stale, "0", TestWorker.png()).error(409);
        paused.complete(stale, List.of(asset)).error(409);
        other.complete(held, List.of(other.uploaded(held, 0))).ok();
        paused.complete(stale, List.of(asset)).error(409);
        assertThat(user.get("/api/assets").ok().get("assets")).hasSize(1);
    }

    @Test
    @Order(4)
    void aSecondPlatformOnTheSameDataIsToldWhereTheFirstOneIs() {
        assertThatThrownBy(() -> Platform.start(platform.settings(Map.of())))
                .isInstanceOfSatisfying(
                        PlatformRunningException.class,
                        e -> assertThat(e.url()).contains(platform.platform().url()))
                .hasMessageContaining(platform.platform().url().toString());
    }

    @Test
    @Order(5)
    void aPortInUseStopsTheStartWithOneSentence() throws IOException {
        var elsewhere = Files.createTempDirectory("ourvidz");
        var settings = platform.settings(Map.of(
                "OURVIDZ_PORT", Integer.toString(platform.platform().url().getPort()),
                "OURVIDZ_DATA", elsewhere.toString()));
        assertThatThrownBy(() -> Platform.start(settings))
                .isInstanceOf(SettingsException.class)
                .hasMessageMatching("OURVIDZ_PORT names port \\d+, which is in use\\.");
        FileSystemUtils.deleteRecursively(elsewhere);
    }

    @Test
    @Order(6)
    @Timeout(60)
    void line56StoppingEndsWaitingCallsAndAStartAfterItFindsEverything() throws IOException {
        var name = TestPlatform.newName();
        var job = platform.user(name).ordered("a street market");
        platform.user(name).delete("/api/jobs/" + job).ok();
        var worker = platform.newWorker();
        var waiting = CompletableFuture.supplyAsync(() -> worker.lease(30));
        while (!platform.user(name).get("/api/queue-status").text().contains(worker.id())) {
            Thread.onSpinWait();
        }
        var began = System.nanoTime();
        platform.platform().close();
        assertThat(waiting.join()).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        try (var again = Platform.start(platform.settings(Map.of()))) {
            var user = new Client(again.url(), Optional.of(again.token(name)));
            assertThat(user.job(job).get("status").asString()).isEqualTo("failed");
        }
    }
}
