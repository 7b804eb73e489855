package com.ourvidz.worker;

import static com.ourvidz.worker.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.core.lease.WorkerProtocol.LeasedJob;
import com.ourvidz.diffusion.image.RgbImage;
import com.ourvidz.worker.ScriptedServer.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {

    private static final int STEPS = 15;

    @Test
    void oneIsOnItsWayAtATimeAndTheLatestReportIsSentNext() throws IOException {
        var firstMayEnd = new CountDownLatch(1);
        try (var server = new ScriptedServer(request -> {
                    firstMayEnd.await();
                    return new Answer(204, "");
                });
                var heartbeats = Heartbeats.start(client(server), job(60))) {
            eventually("the first heartbeat", () -> beats(server) == 1);
            for (var step = 1; step <= STEPS; step++) {
                heartbeats.report(new JobProgress(5 * step, "denoising " + step + "/" + STEPS));
            }
            assertThat(beats(server)).isEqualTo(1);
            firstMayEnd.countDown();
            eventually("the second heartbeat", () -> beats(server) == 2);
            assertThat(server.requestsTo("/heartbeat").getLast().text())
                    .contains(
                            "\"progress\":75",
                            "\"stage\":\"denoising 15/15\"",
                            "\"attempt\":2",
                            "\"lease_token\":\"t\"");
        }
    }

    @Test
    void aPreviewIsSentOnceAndNotLostWhenALaterReportHasNone() throws IOException {
        var mayEnd = new Semaphore(0);
        try (var server = new ScriptedServer(request -> {
                    mayEnd.acquire();
                    return new Answer(204, "");
                });
                var heartbeats = Heartbeats.start(client(server), job(60))) {
            eventually("the first heartbeat", () -> beats(server) == 1);
            var preview = new RgbImage(8, 8, new byte[3 * 8 * 8]);
            heartbeats.report(new JobProgress(10, "denoising 1/15", Optional.of(preview)));
            heartbeats.report(new JobProgress(20, "denoising 2/15"));
            mayEnd.release();
            eventually("the second heartbeat", () -> beats(server) == 2);
            assertThat(server.requestsTo("/heartbeat").getLast().text())
                    .contains("\"preview\":\"/9j/", "\"stage\":\"denoising 2/15\"");
            heartbeats.report(new JobProgress(30, "denoising 3/15"));
            mayEnd.release();
            eventually("the third heartbeat", () -> beats(server) == 3);
            assertThat(server.requestsTo("/heartbeat").getLast().text()).doesNotContain("/9j/");
            mayEnd.release();
        }
    }

    @Test
    void reportingDoesNotWaitForASlowServer() throws IOException {
        var never = new CountDownLatch(1);
        try (var server = new ScriptedServer(request -> {
                    never.await();
                    return new Answer(204, "");
                });
                var heartbeats = Heartbeats.start(client(server), job(60))) {
            eventually("the first heartbeat", () -> beats(server) == 1);
            var started = System.nanoTime();
            heartbeats.report(new JobProgress(50, "denoising"));
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(1));
            never.countDown();
        }
    }

    @Test
    void theyGoOnWithoutReports() throws IOException {
        try (var server = new ScriptedServer(request -> new Answer(204, ""));
                var heartbeats = Heartbeats.start(client(server), job(1))) {
            heartbeats.report(new JobProgress(30, "denoising"));
            eventually("more heartbeats than reports", () -> beats(server) >= 4);
        }
    }

    @Test
    void progressNeverGoesBack() throws IOException {
        try (var server = new ScriptedServer(request -> new Answer(204, ""));
                var heartbeats = Heartbeats.start(client(server), job(60))) {
            heartbeats.report(new JobProgress(60, "decoding"));
            heartbeats.report(new JobProgress(40, "denoising 1/15"));
            eventually(
                    "the last report",
                    () -> !server.requests(HeartbeatsTest::saysStepOne).isEmpty());
            assertThat(server.requests(HeartbeatsTest::saysStepOne).getFirst().text())
                    .contains("\"progress\":60");
        }
    }

    @Test
    void afterA409TheNextReportStopsTheJob() throws IOException {
        try (var server = new ScriptedServer(request -> Answer.status(409));
                var heartbeats = Heartbeats.start(client(server), job(60))) {
            assertThatThrownBy(() -> eventually("the refusal", () -> {
                        heartbeats.report(new JobProgress(10, "denoising"));
                        return false;
                    }))
                    .isInstanceOf(StaleLeaseException.class);
        }
    }

    @Test
    void aServerInTroubleDoesNotStopTheJob() throws IOException {
        var asked = new AtomicInteger();
        try (var server = new ScriptedServer(
                        request -> asked.incrementAndGet() < 3 ? Answer.status(503) : new Answer(204, ""));
                var heartbeats = Heartbeats.start(client(server), job(1))) {
            eventually("an answer after the trouble", () -> asked.get() > 4);
            heartbeats.report(new JobProgress(10, "denoising"));
        }
    }

    private static boolean saysStepOne(ScriptedServer.Request request) {
        return request.text().contains("denoising 1/15");
    }

    private static int beats(ScriptedServer server) {
        return server.requestsTo("/heartbeat").size();
    }

    private static ServerClient client(ScriptedServer server) {
        return new ServerClient(server.url(), "key");
    }

    private static LeasedJob job(int leaseSeconds) {
        return new LeasedJob(
                UUID.randomUUID(),
                2,
                "t",
                leaseSeconds,
                "sdxl_image_fast",
                "a fox in snow",
                null,
                1,
                7,
                List.of(),
                null);
    }
}
