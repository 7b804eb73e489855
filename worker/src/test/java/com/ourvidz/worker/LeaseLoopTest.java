package com.ourvidz.worker;

import static com.ourvidz.worker.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.catalog.Queue;
import com.ourvidz.core.lease.WorkerProtocol.LeasedJob;
import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.image.ImageFile;
import com.ourvidz.diffusion.image.RgbImage;
import com.ourvidz.diffusion.tensor.Inference;
import com.ourvidz.worker.ScriptedServer.Answer;
import com.ourvidz.worker.ScriptedServer.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a worker says to its server and when it stops saying it, with engines of a few lines in the model's place. */
class LeaseLoopTest {

    private static final int STEPS = 15;
    private static final String PICTURE = "a picture";

    private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>();
    private final CountDownLatch denoising = new CountDownLatch(1);

    /** Makes one asset of {@link #PICTURE} in so many steps. */
    private record Drawing(int steps, IntConsumer duringStep) implements Engine {

        @Override
        public String model() {
            return "drawing";
        }

        @Override
        public void load() {}

        @Override
        public Report make(JobType type, LeasedJob job, Desk desk) throws IOException, InterruptedException {
            for (var step = 1; step <= steps; step++) {
                desk.progress(new JobProgress(Math.min(step, 90), "denoising " + step + "/" + steps));
                duringStep.accept(step);
            }
            desk.asset(0, PICTURE.getBytes(StandardCharsets.UTF_8));
            desk.thumbnail(0, new RgbImage(512, 2, new byte[512 * 2 * 3]));
            return new Report(Map.of("seed", job.seed()), Map.of("denoise", 0.5));
        }
    }

    @Test
    void aJobIsLeasedMadeHandedInAndReported() throws Exception {
        waiting.add(job());
        try (var server = new ScriptedServer(this::answer);
                var running = new Running(server, drawing())) {
            eventually("the callback", () -> !server.requestsTo("/job-callback").isEmpty());
            var lease = server.requestsTo("/worker/lease").getFirst();
            assertThat(lease.text())
                    .contains("\"worker_id\":\"attic-1\"", "\"queue\":\"sdxl_queue\"", "\"wait_seconds\":20");
            var upload = server.requestsTo("/assets/0").getFirst();
            assertThat(upload.method()).isEqualTo("PUT");
            assertThat(upload.attempt()).isEqualTo("1");
            assertThat(upload.lease()).isEqualTo("token");
            assertThat(upload.text()).isEqualTo(PICTURE);
            var thumbnail = server.requestsTo("/assets/0/thumbnail").getFirst();
            assertThat(thumbnail.method()).isEqualTo("PUT");
            assertThat(thumbnail.lease()).isEqualTo("token");
            assertThat(ImageFile.read(thumbnail.body()).width()).isEqualTo(256);
            assertThat(server.requestsTo("/job-callback").getFirst().text())
                    .contains("\"status\":\"completed\"", "\"assets\":[\"asset-0\"]", "\"lease_token\":\"token\"")
                    .contains("\"seed\":7", "\"generation_time\":", "\"denoise\":0.5", "\"upload\":");
            assertThat(server.requests(request -> !request.authorization().equals("Bearer key")))
                    .isEmpty();
            assertThat(running.isAlive()).isTrue();
        }
    }

    @Test
    void aRefusedHeartbeatStopsTheStepsAndTheNextJobIsLeased() throws Exception {
        waiting.add(job());
        // Only the refusal ends it: without, the next request for a job never comes.
        var endless = new Drawing(Integer.MAX_VALUE, step -> denoising.countDown());
        try (var server = new ScriptedServer(this::answerWithRefusedHeartbeatsOnceDenoising);
                var running = new Running(server, endless)) {
            eventually(
                    "the next request for a job",
                    () -> server.requestsTo("/worker/lease").size() == 2);
            assertThat(server.requestsTo("/assets/0")).isEmpty();
            assertThat(server.requestsTo("/job-callback")).isEmpty();
            assertThat(running.isAlive()).isTrue();
        }
    }

    private Answer answerWithRefusedHeartbeatsOnceDenoising(Request request) throws InterruptedException {
        return request.path().endsWith("/heartbeat") && denoising.getCount() == 0
                ? Answer.status(409)
                : answer(request);
    }

    @Test
    void uploadAndCallbackAreTriedAgainUntilTheServerIsWell() throws Exception {
        waiting.add(job());
        var asked = new AtomicInteger();
        try (var server = new ScriptedServer(request -> {
                    var handsIn = request.path().endsWith("/assets/0")
                            || request.path().endsWith("/job-callback");
                    return handsIn && asked.incrementAndGet() % 3 != 0 ? Answer.status(503) : answer(request);
                });
                var running = new Running(server, drawing())) {
            eventually(
                    "three callbacks", () -> server.requestsTo("/job-callback").size() == 3);
            assertThat(server.requestsTo("/assets/0")).hasSize(3);
            assertThat(running.isAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 413, 415, 503})
    void aJobCompletesThoughItsThumbnailIsNotTaken(int status) throws Exception {
        waiting.add(job());
        try (var server = new ScriptedServer(
                        request -> request.path().endsWith("/thumbnail") ? Answer.status(status) : answer(request));
                var running = new Running(server, drawing())) {
            eventually("the callback", () -> !server.requestsTo("/job-callback").isEmpty());
            assertThat(lastCallback(server)).contains("\"status\":\"completed\"");
            assertThat(running.isAlive()).isTrue();
        }
    }

    /** Refused for now; cut off after it has come in whole; and then so slow that the lease would end without heartbeats. */
    @Test
    void line54AnUploadThatFailsIsSlowOrLosesItsAnswerIsRepeatedWithPausesAndNamedOnce() throws Exception {
        waiting.add(job().replace("\"lease_seconds\":60", "\"lease_seconds\":1"));
        var asked = new AtomicInteger();
        var heartbeat = new CountDownLatch(1);
        try (var server = new ScriptedServer(request -> {
                    if (request.path().endsWith("/heartbeat") && asked.get() == 3) {
                        heartbeat.countDown();
                    }
                    if (!request.path().endsWith("/assets/0")) {
                        return answer(request);
                    }
                    return switch (asked.incrementAndGet()) {
                        case 1 -> Answer.status(503);
                        case 2 -> throw new InterruptedException("the answer is lost");
                        default -> {
                            heartbeat.await();
                            yield Answer.ok("{\"asset\":\"asset-" + asked.get() + "\"}");
                        }
                    };
                });
                var running = new Running(server, drawing())) {
            eventually("the callback", () -> !server.requestsTo("/job-callback").isEmpty());
            assertThat(server.requestsTo("/assets/0"))
                    .hasSize(3)
                    .allSatisfy(upload -> assertThat(upload.text()).isEqualTo(PICTURE));
            assertThat(lastCallback(server)).contains("\"status\":\"completed\"", "\"assets\":[\"asset-3\"]");
            assertThat(running.pauses).hasValue(2);
            assertThat(running.isAlive()).isTrue();
        }
    }

    @Test
    void line54AnUploadThatNeverSucceedsFailsTheJobAfterTenTriesAndTheWorkerGoesOn() throws Exception {
        waiting.addAll(List.of(job(), job()));
        var uploads = new AtomicInteger();
        try (var server = new ScriptedServer(
                        request -> request.path().endsWith("/assets/0") && uploads.incrementAndGet() <= 10
                                ? Answer.status(503)
                                : answer(request));
                var running = new Running(server, drawing())) {
            eventually(
                    "both callbacks", () -> server.requestsTo("/job-callback").size() == 2);
            assertThat(server.requestsTo("/job-callback").getFirst().text())
                    .contains("\"status\":\"failed\"", "\"assets\":[]");
            assertThat(lastCallback(server)).contains("\"status\":\"completed\"");
            assertThat(server.requestsTo("/assets/0")).hasSize(11);
            assertThat(running.isAlive()).isTrue();
        }
    }

    @Test
    void line62ARefusedUploadFailsTheJobWithTheServersReason() throws Exception {
        waiting.add(job());
        try (var server = new ScriptedServer(
                        request -> request.path().endsWith("/assets/0") ? Answer.status(413) : answer(request));
                var running = new Running(server, drawing())) {
            eventually("the callback", () -> !server.requestsTo("/job-callback").isEmpty());
            assertThat(server.requestsTo("/assets/0")).hasSize(1);
            assertThat(lastCallback(server)).contains("\"status\":\"failed\"", "\"assets\":[]", "Answer 413.");
            assertThat(running.isAlive()).isTrue();
        }
    }

    @Test
    void aJobThatFailsIsReportedInASentenceAndTheWorkerGoesOn() throws Exception {
        waiting.addAll(List.of(job(), job()));
        var jobs = new AtomicInteger();
        var engine = new Drawing(STEPS, step -> {
            if (step == 1 && jobs.incrementAndGet() == 1) {
                throw new CheckpointException("unet/config.json is missing.");
            }
        });
        try (var server = new ScriptedServer(this::answer);
                var running = new Running(server, engine)) {
            eventually(
                    "both callbacks", () -> server.requestsTo("/job-callback").size() == 2);
            assertThat(server.requestsTo("/job-callback").getFirst().text())
                    .contains("\"status\":\"failed\"", "unet/config.json is missing.")
                    .doesNotContain("Exception");
            assertThat(lastCallback(server)).contains("\"status\":\"completed\"");
            assertThat(running.isAlive()).isTrue();
        }
    }

    @Test
    void outOfMemoryIsReportedAndEndsTheWorker() throws Exception {
        waiting.add(job());
        var engine = new Drawing(STEPS, step -> {
            throw new OutOfMemoryError("Java heap space");
        });
        try (var server = new ScriptedServer(this::answer);
                var running = new Running(server, engine)) {
            assertThat(running.healthyAtTheEnd.join()).isFalse();
            assertThat(lastCallback(server)).contains("\"status\":\"failed\"", "out of memory");
        }
    }

    /** 2^58 bytes, which no machine has: LibTorch's allocator is really asked for them. */
    @Test
    void whatLibTorchCannotAllocateIsReportedAndEndsTheWorker() throws Exception {
        waiting.add(job());
        var engine = new Drawing(STEPS, step -> new Inference(1).run(() -> torch.empty(1L << 56)));
        try (var server = new ScriptedServer(this::answer);
                var running = new Running(server, engine)) {
            assertThat(running.healthyAtTheEnd.join()).isFalse();
            assertThat(lastCallback(server)).contains("\"status\":\"failed\"", "out of memory");
        }
    }

    @Test
    void aServerThatIsGoneIsAskedAgain() throws Exception {
        var never = new CountDownLatch(1);
        var first = new ScriptedServer(request -> {
            never.await();
            return new Answer(204, "");
        });
        try (var running = new Running(first, drawing())) {
            eventually(
                    "a first request", () -> !first.requestsTo("/worker/lease").isEmpty());
            first.close();
            eventually("attempts at a server that is gone", () -> running.pauses.get() >= 5);
            waiting.add(job());
            try (var second = new ScriptedServer(first.port(), this::answer)) {
                eventually(
                        "the callback",
                        () -> !second.requestsTo("/job-callback").isEmpty());
            }
        }
    }

    @Test
    void aServerThatDoesNotAcceptTheKeyEndsTheWorker() throws Exception {
        try (var server = new ScriptedServer(request -> Answer.status(401));
                var running = new Running(server, drawing())) {
            assertThat(running.healthyAtTheEnd.handle((healthy, error) -> error).join())
                    .isInstanceOf(RefusedException.class);
        }
    }

    @Test
    void line56StoppedWhileIdleItEndsAtOnce() throws Exception {
        try (var server = new ScriptedServer(this::answer);
                var running = new Running(server, drawing())) {
            eventually(
                    "a request for a job",
                    () -> !server.requestsTo("/worker/lease").isEmpty());
            running.loop.stop(Duration.ofSeconds(20));
            assertThat(running.healthyAtTheEnd.join()).isTrue();
        }
    }

    @Test
    void line56StoppedWithinTheGraceTimeItFinishesTheJobAndLeasesNoOther() throws Exception {
        waiting.addAll(List.of(job(), job()));
        var mayEnd = new CountDownLatch(1);
        try (var server = new ScriptedServer(this::answer);
                var running = new Running(server, heldAtStepOne(mayEnd))) {
            denoising.await();
            var stop = CompletableFuture.runAsync(() -> running.stop(Duration.ofSeconds(20)));
            mayEnd.countDown();
            stop.join();
            assertThat(server.requestsTo("/job-callback")).hasSize(1);
            assertThat(server.requestsTo("/worker/lease")).hasSize(1);
            assertThat(server.requestsTo("/release")).isEmpty();
        }
    }

    @Test
    void line56AJobLongerThanTheGraceTimeIsGivenBack() throws Exception {
        waiting.add(job());
        var mayEnd = new CountDownLatch(1);
        try (var server = new ScriptedServer(this::answer);
                var running = new Running(server, heldAtStepOne(mayEnd))) {
            denoising.await();
            running.stop(Duration.ofMillis(1));
            assertThat(server.requestsTo("/release")).hasSize(1);
            assertThat(server.requestsTo("/release").getFirst().text()).contains("\"lease_token\":\"token\"");
            mayEnd.countDown();
        }
    }

    private static Drawing drawing() {
        return new Drawing(STEPS, step -> {});
    }

    private Drawing heldAtStepOne(CountDownLatch mayEnd) {
        return new Drawing(STEPS, step -> {
            denoising.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** A well server: leases what is waiting, and lets the request hang where nothing is. */
    private Answer answer(Request request) throws InterruptedException {
        if (request.path().endsWith("/worker/lease")) {
            return Answer.ok(waiting.take());
        }
        return request.method().equals("PUT") ? Answer.ok("{\"asset\":\"asset-0\"}") : new Answer(204, "");
    }

    private static String job() {
        return """
                {"job_id":"%s","attempt":1,"lease_token":"token","lease_seconds":60,"job_type":"sdxl_image_fast",
                 "prompt":"a fox in snow","num_images":1,"seed":7,"since_a_later_version":true}""".formatted(UUID.randomUUID());
    }

    private static String lastCallback(ScriptedServer server) {
        return server.requestsTo("/job-callback").getLast().text();
    }

    /** A loop on a thread of its own whose pauses take no time. */
    private static final class Running implements AutoCloseable {

        private final AtomicInteger pauses = new AtomicInteger();
        private final CompletableFuture<Boolean> healthyAtTheEnd = new CompletableFuture<>();
        private final LeaseLoop loop;

        Running(ScriptedServer server, Engine engine) {
            var retries = new Retries(duration -> pauses.incrementAndGet(), new Random(7));
            loop = new LeaseLoop(new ServerClient(server.url(), "key"), retries, engine, "attic-1", Queue.SDXL_QUEUE);
            Thread.ofVirtual().start(this::run);
        }

        private void run() {
            try {
                healthyAtTheEnd.complete(loop.run());
            } catch (RuntimeException e) {
                healthyAtTheEnd.completeExceptionally(e);
            }
        }

        boolean isAlive() {
            return !healthyAtTheEnd.isDone();
        }

        void stop(Duration grace) {
            try {
                loop.stop(grace);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            stop(Duration.ZERO);
        }
    }
}
