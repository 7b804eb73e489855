package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** When jobs will be done, as far as that is known. */
class EstimateTest {

    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private final TestPlatform platform = new TestPlatform(Map.of());
    private final Client user = platform.newUser();
    private final TestWorker worker = platform.newWorker();

    @AfterEach
    void stop() throws IOException {
        platform.close();
    }

    @Test
    void whatWasNeverMeasuredHasNoEstimate() {
        var job = user.ordered("a fox in snow");
        assertThat(user.job(job).get("queue_position").asInt()).isEqualTo(1);
        assertThat(eta(job)).isEmpty();

        var held = worker.lease(job);
        worker.heartbeat(held, 50).ok();
        assertThat(eta(job)).isEmpty();
        assertThat(user.job(job).has("queue_position")).isFalse();

        worker.complete(held, List.of(worker.uploaded(held, 0))).ok();
        assertThat(eta(job)).isEmpty();
    }

    @Test
    void whatWasMeasuredTellsOfJobsOfTheSameKind() {
        measured(100);

        var first = user.ordered("a fox in snow");
        var second = user.ordered("a fox in snow");
        assertThat(awaited(first, job -> job.has("eta_seconds"))
                        .get("eta_seconds")
                        .asLong())
                .isBetween(100L, 110L);
        assertThat(awaited(second, job -> job.path("eta_seconds").asLong() > 110)
                        .get("eta_seconds")
                        .asLong())
                .isBetween(200L, 220L);
        assertThat(user.get("/api/queue-status")
                        .ok()
                        .at("/queues/0/yours/0/etaSeconds")
                        .asLong())
                .isBetween(100L, 110L);
        var batch = user.order(Map.of("prompt", "a fox in snow", "num_images", 3))
                .ok()
                .at("/job/id")
                .asString();
        assertThat(user.job(batch).get("queue_position").asInt()).isEqualTo(3);
        assertThat(eta(batch)).isEmpty();
        user.delete("/api/jobs/" + batch).ok();

        var held = worker.lease(first);
        worker.heartbeat(held, 75).ok();
        assertThat(eta(first).orElseThrow()).isBetween(25L, 28L);
        awaited(
                second,
                job -> job.path("eta_seconds").asLong() > 124
                        && job.path("eta_seconds").asLong() < 139);
    }

    /** A job that a worker has had for so long, by the books. */
    private void measured(int seconds) {
        var held = worker.lease(user.ordered("a fox in snow"));
        try (var connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + platform.data().resolve("ourvidz.db"));
                var statement =
                        connection.prepareStatement("UPDATE jobs SET started_at = started_at - ? WHERE id = ?")) {
            statement.setLong(1, seconds * 1000L);
            statement.setString(2, held.job());
            assertThat(statement.executeUpdate()).isEqualTo(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        worker.complete(held, List.of(worker.uploaded(held, 0))).ok();
    }

    private Optional<Long> eta(String job) {
        return Optional.ofNullable(user.job(job).get("eta_seconds")).map(JsonNode::asLong);
    }

    /** Answers may be a second old. */
    private JsonNode awaited(String job, Predicate<JsonNode> expected) {
        var deadline = System.nanoTime() + PATIENCE_NANOS;
        var seen = user.job(job);
        while (!expected.test(seen)) {
            assertThat(System.nanoTime()).as(seen.toString()).isLessThan(deadline);
            seen = user.job(job);
        }
        return seen;
    }
}
