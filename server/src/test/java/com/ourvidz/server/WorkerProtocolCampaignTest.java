package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.catalog.JobType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(TestPlatform.Shared.class)
class WorkerProtocolCampaignTest {

    /** The limits of 100 and 200 MB are taken from the same table in the same way. */
    private static final long LARGEST_TRIED = 50 * 1_048_576;

    private final TestPlatform platform;
    private final Client user;
    private final TestWorker worker;

    WorkerProtocolCampaignTest(TestPlatform platform) {
        this.platform = platform;
        this.user = platform.newUser();
        this.worker = platform.newWorker();
    }

    @Test
    void aJobGoesFromQueuedThroughProcessingToCompleted() {
        var body = """
                {"jobType": "sdxl_image_fast", "projectId": "lighthouses",
                 "metadata": {"prompt": "a red lighthouse", "negative_prompt": "fog", "seed": 7, "num_images": 3}}""";
        var accepted = user.post("/api/queue-job", body).ok();
        assertThat(accepted.at("/job/status").asString()).isEqualTo("queued");
        assertThat(accepted.get("isSDXL").asBoolean()).isTrue();
        assertThat(accepted.get("modelVariant").asString()).isEqualTo("sdxl");
        var id = accepted.at("/job/id").asString();
        assertThat(user.job(id).get("queue_position").asInt()).isPositive();

        var held = worker.lease(id);
        assertThat(held.message().get("prompt").asString()).isEqualTo("a red lighthouse");
        assertThat(held.message().get("negative_prompt").asString()).isEqualTo("fog");
        assertThat(held.message().get("seed").asLong()).isEqualTo(7);
        assertThat(held.message().get("num_images").asInt()).isEqualTo(3);
        worker.heartbeat(held, 40).ok();
        var processing = user.job(id);
        assertThat(processing.get("status").asString()).isEqualTo("processing");
        assertThat(processing.get("progress").asInt()).isEqualTo(40);
        assertThat(processing.get("stage").asString()).isEqualTo("denoise");
        assertThat(processing.has("queue_position")).isFalse();

        var assets = List.of(worker.uploaded(held, 0), worker.uploaded(held, 1), worker.uploaded(held, 2));
        assertThat(user.get("/api/assets").ok().get("assets")).isEmpty();
        worker.complete(held, assets).ok();
        var completed = user.job(id);
        assertThat(completed.get("status").asString()).isEqualTo("completed");
        assertThat(completed.get("progress").asInt()).isEqualTo(100);
        assertThat(completed.get("assets")).hasSize(3);
        assertThat(completed.get("project_id").asString()).isEqualTo("lighthouses");
        assertThat(completed.at("/metadata/seed").asLong()).isEqualTo(7);
        assertThat(completed.at("/metadata/num_images").asInt()).isEqualTo(3);
        assertThat(completed.at("/metadata/steps").asInt()).isEqualTo(15);
        assertThat(completed.get("completed_at").asString()).endsWith("Z");
        var listed = user.get("/api/assets").ok().get("assets");
        assertThat(listed).hasSize(3);
        assertThat(listed.at("/0/job_type").asString()).isEqualTo("sdxl_image_fast");
        assertThat(listed.at("/0/bytes").asLong()).isEqualTo(TestWorker.png().length);
    }

    @Test
    void aReleasedJobWaitsAgainForAnotherWorker() {
        var id = user.ordered("a red lighthouse");
        var held = worker.lease(id);
        worker.release(held).ok();
        assertThat(user.job(id).get("status").asString()).isEqualTo("queued");
        worker.heartbeat(held, 10).error(409);
        platform.newWorker().does(id);
        assertThat(user.job(id).get("status").asString()).isEqualTo("completed");
    }

    @Test
    void aWorkerIsSeenInTheQueueStatus() {
        var id = user.ordered("a fox in snow");
        worker.lease(id);
        var queue = user.get("/api/queue-status").ok().at("/queues/0");
        assertThat(queue.get("queue").asString()).isEqualTo("sdxl_queue");
        assertThat(queue.get("processing").asInt()).isPositive();
        assertThat(queue.get("workers"))
                .anySatisfy(each -> assertThat(each.get("state").asString()).isEqualTo("busy"));
        user.delete("/api/jobs/" + id).ok();
    }

    @Test
    void line54AnUploadThatIsRepeatedBecauseItsAnswerWasLostIsOneAsset() {
        var id = user.ordered("a red lighthouse");
        var held = worker.lease(id);
        var lost = worker.uploaded(held, 0);
        var known = worker.uploaded(held, 0);
        worker.complete(held, List.of(lost)).error(409);
        worker.complete(held, List.of(known)).ok();
        assertThat(user.job(id).get("assets")).hasSize(1);
        var listed = user.get("/api/assets").ok().get("assets");
        assertThat(listed).hasSize(1);
        assertThat(listed.at("/0/id").asString()).isEqualTo(known);
    }

    @Test
    void line61ACallbackSaidTwiceIs409AndChangesNothing() {
        var id = user.ordered("a red lighthouse");
        var held = worker.lease(id);
        var asset = worker.uploaded(held, 0);
        worker.complete(held, List.of(asset)).ok();
        var before = user.job(id);
        worker.complete(held, List.of(asset)).error(409);
        worker.fail(held, "too late").error(409);
        worker.release(held).error(409);
        worker.upload(held, "0", TestWorker.png()).error(409);
        assertThat(user.job(id)).isEqualTo(before);
    }

    @Test
    void line61ACallbackFromAnotherAttemptIs409() {
        var id = user.ordered("a red lighthouse");
        var first = worker.lease(id);
        var asset = worker.uploaded(first, 0);
        worker.release(first).ok();
        var second = platform.newWorker().lease(id);
        assertThat(second.attempt()).isEqualTo(first.attempt() + 1);
        worker.complete(first, List.of(asset)).error(409);
        worker.complete(new TestWorker.Held(id, second.attempt(), first.lease(), first.message()), List.of(asset))
                .error(409);
        worker.complete(new TestWorker.Held(id, first.attempt(), second.lease(), first.message()), List.of(asset))
                .error(409);
        assertThat(user.job(id).get("status").asString()).isEqualTo("processing");
        user.delete("/api/jobs/" + id).ok();
    }

    @Test
    void line61ACallbackWithAssetsOfAnotherJobOrTooFewIs409() {
        var other = worker.does(user.ordered("a street market"));
        var id = user.ordered("a red lighthouse");
        var held = worker.lease(id);
        var own = worker.uploaded(held, 0);
        worker.complete(held, List.of(other)).error(409);
        worker.complete(held, List.of()).error(409);
        worker.complete(held, List.of(own, other)).error(409);
        worker.complete(held, List.of("no asset")).error(400);
        worker.complete(held, List.of(own)).ok();
        assertThat(user.job(id).get("assets")).hasSize(1);
    }

    @Test
    void line62AFileOverTheBucketsLimitOrNotOfItsTypeIsRefused() {
        var id = user.ordered("a red lighthouse");
        var held = worker.lease(id);
        var tooLarge = Arrays.copyOf(TestWorker.png(), (int) JobType.SDXL_IMAGE_FAST.bucketLimit() + 1);
        worker.upload(held, "0", tooLarge).error(413);
        worker.upload(held, "0", "<html>".getBytes(StandardCharsets.UTF_8)).error(415);
        worker.upload(held, "0", new byte[0]).error(415);
        worker.fail(held, "The picture is over the bucket's limit.").ok();
        assertThat(user.job(id).get("error_message").asString()).contains("limit");
    }

    /** On a platform of its own, whose WAN queue is served from here on. */
    @Test
    void line62OfEveryJobTypeAFileOverItsBucketsLimitOrOfAnotherKindIsRefused() throws IOException {
        try (var own = new TestPlatform(Map.of())) {
            var client = own.newUser();
            for (var type : JobType.values()) {
                if (type.bucketLimit() <= LARGEST_TRIED) {
                    refusesWhatIsNotOf(type, own.newWorker(type.queue().id()), client);
                }
            }
            assertThat(client.get("/api/assets").ok().get("assets")).isEmpty();
        }
    }

    private static void refusesWhatIsNotOf(JobType type, TestWorker server, Client client) {
        assertThat(server.lease(0)).isEmpty(); // but it is known now
        var body = Map.of("jobType", type.id(), "metadata", Map.of("prompt", "a fox in snow"));
        var id = client.post("/api/queue-job", Client.JSON.writeValueAsString(body))
                .ok()
                .at("/job/id")
                .asString();
        var held = server.lease(id);
        var mp4 = "\0\0\0 ftypisom".getBytes(StandardCharsets.ISO_8859_1);
        server.upload(held, "0", type.isVideo() ? TestWorker.png() : mp4, "video/mp4")
                .error(415);
        var head = type.isVideo() ? mp4 : TestWorker.png();
        server.upload(held, "0", Arrays.copyOf(head, (int) type.bucketLimit() + 1))
                .error(413);
        server.fail(held, "The file is too large.").ok();
        assertThat(client.job(id).get("error_message").asString()).isEqualTo("The file is too large.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /worker/lease | {}
            /worker/lease | {"worker_id": "w", "queue": "no_queue", "model": "m", "wait_seconds": 0}
            /worker/lease | {"worker_id": "a b", "queue": "sdxl_queue", "model": "m", "wait_seconds": 0}
            /worker/lease | {"worker_id": "w", "queue": "sdxl_queue", "model": "m", "wait_seconds": "x"}
            /worker/lease | []
            /worker/jobs/6f1c3c0e-8d0b-4a52-9a53-2f9d3c4b5a61/heartbeat | {"attempt": 1}
            /worker/jobs/6f1c3c0e-8d0b-4a52-9a53-2f9d3c4b5a61/release | {"attempt": 1}
            /api/job-callback | {}
            /api/job-callback | {"job_id": "1", "status": "completed", "assets": []}
            /api/job-callback | {"job_id": "6f1c3c0e-8d0b-4a52-9a53-2f9d3c4b5a61", "status": "completed"}
            /api/job-callback | {"job_id": "6f1c3c0e-8d0b-4a52-9a53-2f9d3c4b5a61", "status": "done", "assets": []}
            """)
    void aWorkersMalformedMessageIs400(String path, String body) {
        platform.withToken(platform.workerKey()).post(path, body).error(400);
    }

    @Test
    void aCallbackWithoutALeaseIs409() {
        var id = user.ordered("a red lighthouse");
        platform.withToken(platform.workerKey())
                .post("/api/job-callback", "{\"job_id\":\"" + id + "\",\"status\":\"completed\",\"assets\":[]}")
                .error(409);
        assertThat(user.job(id).get("status").asString()).isEqualTo("queued");
    }

    @Test
    void metricsTellWhatHappened() {
        worker.does(user.ordered("a red lighthouse"));
        var metrics = platform.withToken(platform.workerKey())
                .get("/actuator/prometheus")
                .text();
        assertThat(metrics)
                .containsPattern("ourvidz_jobs_total\\{outcome=\"completed\",type=\"sdxl_image_fast\"\\} [1-9]")
                .containsPattern("ourvidz_generation_seconds_count\\{[^}]*type=\"sdxl_image_fast\"\\} [1-9]")
                .contains("ourvidz_queue_depth{queue=\"sdxl_queue\"}");
        assertThat(platform.stranger()
                        .get("/actuator/health")
                        .ok()
                        .get("status")
                        .asString())
                .isEqualTo("UP");
    }
}
