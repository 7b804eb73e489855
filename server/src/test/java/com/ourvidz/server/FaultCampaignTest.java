package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Faults below the platform, seen over HTTP: a disk that is full, a clock that is set, a row of a newer version. */
class FaultCampaignTest {

    private static final Faults FAULTS = new Faults();
    private static final String LONG_PROMPT = "a red lighthouse by the sea. ".repeat(130);

    private static TestPlatform platform;
    private static HookReceiver receiver;

    private final String name = TestPlatform.newName();
    private Client user;
    private TestWorker worker;

    @BeforeAll
    static void start() {
        platform = new TestPlatform(Map.of("OURVIDZ_WEBHOOK_HOSTS", "127.0.0.1"), FAULTS);
        receiver = new HookReceiver();
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
        receiver.close();
    }

    @Test
    void line55OnAFullDiskAnOrderIs503AndWhatWasAcknowledgedIsThere() {
        var acknowledged = new ArrayList<>(List.of(user.ordered(LONG_PROMPT)));
        FAULTS.diskIsFull();
        try {
            var answer = user.order(LONG_PROMPT);
            while (answer.status() == 200) {
                acknowledged.add(id(answer.json()));
                answer = user.order(LONG_PROMPT);
            }
            assertThat(answer.error(503).get("retryable").asBoolean()).isTrue();
            assertThat(answer.header("Retry-After")).isNotEmpty();
            assertThat(listed()).containsExactlyInAnyOrderElementsOf(acknowledged);
            assertThat(platform.balance(name)).isEqualTo(1000 - acknowledged.size());
        } finally {
            FAULTS.diskHasRoom();
        }
        acknowledged.add(user.ordered(LONG_PROMPT));
        acknowledged.forEach(worker::does);
        assertThat(user.get("/api/jobs?status=completed").ok().get("jobs")).hasSameSizeAs(acknowledged);
    }

    @Test
    void line55OnAFullDiskAnUploadIs503LeavesNothingAndSucceedsOnceThereIsRoom() throws IOException {
        var job = user.ordered("a fox in snow");
        var held = worker.lease(job);
        FAULTS.diskIsFull();
        try {
            assertThat(Uploads.picture(user, TestWorker.png())
                            .error(503)
                            .get("retryable")
                            .asBoolean())
                    .isTrue();
            worker.upload(held, "0", TestWorker.png()).error(503);
            try (var unfinished = Files.list(platform.data().resolve("objects/.unfinished"))) {
                assertThat(unfinished).isEmpty();
            }
        } finally {
            FAULTS.diskHasRoom();
        }
        var references = user.get("/api/reference-images").ok();
        assertThat(references.get("reference_images")).isEmpty();
        assertThat(references.get("bytes_used").asLong()).isZero();
        Uploads.picture(user, TestWorker.png()).ok();
        worker.complete(held, List.of(worker.uploaded(held, 0))).ok();
        assertThat(user.get("/api/assets").ok().get("assets")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {-10, 10})
    void line60AClockThatIsSetEndsNoLeaseNoSessionAndNoLink(long minutes) {
        var earlier = user.ordered("a street market");
        worker.does(earlier);
        var link = URI.create(user.job(earlier).at("/assets/0").asString());
        var job = user.ordered("a fox in snow");
        var held = worker.lease(job);

        FAULTS.moveClock(Duration.ofMinutes(minutes));
        try {
            FAULTS.sweep();
            worker.heartbeat(held, 50).ok();
            assertThat(user.job(job).get("status").asString()).isEqualTo("processing");
            assertThat(user.job(job).get("attempt").asInt()).isEqualTo(1);
            assertThat(platform.stranger()
                            .get(link.getRawPath() + "?" + link.getRawQuery())
                            .status())
                    .isEqualTo(200);
            worker.complete(held, List.of(worker.uploaded(held, 0))).ok();
            assertThat(user.job(job).get("status").asString()).isEqualTo("completed");
            platform.newUser().ordered("a red lighthouse");
        } finally {
            FAULTS.moveClock(Duration.ZERO);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type = 'hologram_fast'",
                "reference_images = '[{\"slot\":\"scent\",\"strength\":1,\"url\":\"https://pictures.example/fox.png\"}]'",
                "metadata = 'a new encoding'",
                "report = '[]'",
                "warnings = '{}'"
            })
    void line59AJobOfANewerVersionIsGivenUpAndItsOwnerIsToldEverywhere(String written) throws SQLException {
        var path = "/" + UUID.randomUUID();
        user.post("/api/webhooks", Client.JSON.writeValueAsString(Map.of("url", receiver.url(path))))
                .ok();
        var strange = order().ok().at("/job/id").asString();
        var next = platform.newUser().ordered("a street market");
        edit("UPDATE jobs SET " + written + " WHERE id = '" + strange + "'");

        assertThat(user.job(strange).get("status").asString()).isEqualTo("queued");
        worker.does(next);

        var shown = user.job(strange);
        assertThat(shown.get("status").asString()).isEqualTo("failed");
        assertThat(shown.get("error_message").asString()).contains("newer", "Order it again.");
        assertThat(shown.at("/metadata/prompt").isMissingNode()
                        || shown.at("/metadata/prompt").asString().equals("a fox in snow"))
                .isTrue();
        assertThat(shown.at("/metadata/unreadable").asBoolean()).isTrue();
        assertThat(user.get("/api/jobs?status=failed").ok().at("/jobs/0/id").asString())
                .isEqualTo(strange);
        assertThat(user.get("/api/jobs/" + strange + "/events").text()).contains("event: failed", "newer");
        assertThat(platform.balance(name)).isEqualTo(1000);
        var event = receiver.next(path).json();
        assertThat(event.get("type").asString()).isEqualTo("job.failed");
        assertThat(event.at("/data/job_id").asString()).isEqualTo(strange);

        assertThat(id(order().ok())).isEqualTo(strange); // the same key
        user.post("/api/jobs/" + strange + "/regenerate", "{}").error(409);
        user.delete("/api/jobs/" + strange).error(409);
    }

    @Test
    void line59AJobThatBecomesUnreadableWhileAWorkerHoldsItIsNotPublishedAndCanBeCancelled() throws SQLException {
        var strange = user.ordered("a fox in snow");
        var held = worker.lease(strange);
        edit("UPDATE jobs SET type = 'hologram_fast' WHERE id = '" + strange + "'");

        worker.upload(held, "0", TestWorker.png()).error(409);
        worker.release(held).error(409);
        user.delete("/api/jobs/" + strange);

        assertThat(user.job(strange).get("status").asString()).isEqualTo("failed");
        worker.heartbeat(held, 50).error(409);
        assertThat(platform.balance(name)).isEqualTo(1000);
    }

    /** Always the same, under the same key. */
    private Answer order() {
        return user.post(
                "/api/queue-job",
                Client.orderBody(Map.of("prompt", "a fox in snow")),
                request -> request.header("Idempotency-Key", name));
    }

    private List<String> listed() {
        var ids = new ArrayList<String>();
        user.get("/api/jobs?limit=100")
                .ok()
                .get("jobs")
                .forEach(job -> ids.add(job.get("id").asString()));
        return ids;
    }

    private static String id(JsonNode accepted) {
        return accepted.at("/job/id").asString();
    }

    private static void edit(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + platform.data().resolve("ourvidz.db"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
