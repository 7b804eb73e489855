package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the queues say of themselves, and when jobs will be done. Each test leaves the queue empty. */
class QueueStatusTest {

    private static TestPlatform platform;

    private Client anna;
    private Client bert;

    @BeforeAll
    static void start() {
        // A lease so short that a worker is unseen after six seconds.
        platform = new TestPlatform(Map.of("OURVIDZ_LEASE", "3"));
    }

    @BeforeEach
    void users() {
        anna = platform.newUser();
        bert = platform.newUser();
    }

    @AfterAll
    static void stop() throws IOException {
        platform.close();
    }

    @Test
    void itTellsDepthWorkAndTheCallersOwnPlacesAndNothingOfAnybodyElses() {
        var bertsJob = bert.ordered("a secret lighthouse");
        var annasFirst = anna.ordered("a fox in snow");
        var annasSecond = anna.ordered("a street market");

        var status = anna.get("/api/queue-status");

        assertThat(status.ok().get("queueDepth").asInt()).isEqualTo(3);
        var queue = queue(status.json());
        assertThat(queue.get("depth").asInt()).isEqualTo(3);
        assertThat(queue.get("processing").asInt()).isZero();
        assertThat(queue.get("oldestWaitSeconds").asLong()).isNotNegative();
        assertThat(queue.get("yours"))
                .extracting(job -> job.get("id").asString())
                .containsExactly(annasFirst, annasSecond);
        assertThat(queue.get("yours"))
                .extracting(job -> job.get("position").asInt())
                .containsExactly(
                        anna.job(annasFirst).get("queue_position").asInt(),
                        anna.job(annasSecond).get("queue_position").asInt());
        assertThat(queue.at("/yours/0/jobType").asString()).isEqualTo("sdxl_image_fast");
        assertThat(status.text()).doesNotContain(bertsJob, "secret", "fox");
        assertThat(status.json().get("queues"))
                .extracting(each -> each.get("queue").asString())
                .containsExactly("sdxl_queue", "wan_queue");
        anna.delete("/api/jobs/" + annasFirst).ok();
        anna.delete("/api/jobs/" + annasSecond).ok();
        bert.delete("/api/jobs/" + bertsJob).ok();
        assertThat(anna.get("/api/queue-status").ok().get("queueDepth").asInt()).isZero();
    }

    @Test
    void line01ItNeedsAToken() {
        platform.stranger().get("/api/queue-status").error(401);
    }

    @Test
    void aWorkerIsIdleThenBusyAndUnseenWhenItIsSilent() throws InterruptedException {
        var worker = platform.newWorker();
        assertThat(worker.lease(0)).isEmpty();
        assertThat(worker(worker).get("state").asString()).isEqualTo("idle");
        assertThat(worker(worker).get("model").asString()).isEqualTo("test");
        assertThat(worker(worker).get("lastSeen").asString()).endsWith("Z");

        var job = anna.ordered("a fox in snow");
        worker.lease(job);
        assertThat(worker(worker).get("state").asString()).isEqualTo("busy");
        anna.delete("/api/jobs/" + job).ok();

        var deadline = System.nanoTime() + 20_000_000_000L;
        while (!worker(worker).get("state").asString().equals("unseen")) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(100);
        }
    }

    private static JsonNode queue(JsonNode status) {
        return status.at("/queues/0");
    }

    private JsonNode worker(TestWorker worker) {
        return queue(anna.get("/api/queue-status").ok())
                .get("workers")
                .valueStream()
                .filter(each -> each.get("id").asString().equals(worker.id()))
                .findFirst()
                .orElseThrow();
    }
}
