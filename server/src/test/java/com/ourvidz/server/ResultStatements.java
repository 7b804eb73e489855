package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.catalog.JobType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What the API reference says of what becomes of a job: status, assets, failures, callbacks, figures. */
final class ResultStatements {

    private static final String PROMPT = "a lighthouse at dusk";
    private static final String FAST = "sdxl_image_fast";
    private static final String VIDEO = "video_fast";

    private ResultStatements() {}

    static List<Statement> rows() {
        var table = new StatementTable();
        status(table);
        assets(table);
        jobTypeDetails(table);
        enhancement(table);
        processingErrors(table);
        monitoring(table);
        endpoints(table);
        callback(table);
        return table.rows();
    }

    private static void status(StatementTable table) {
        table.section("Job Status & Monitoring")
                .says(
                        "queued: Job created, waiting in queue",
                        client -> assertThat(status(client.job(client.ordered(FAST))))
                                .isEqualTo("queued"))
                .says("processing: Job picked up by worker, generating content", client -> {
                    var accepted = client.ordered(FAST);
                    client.leased(accepted);
                    assertThat(status(client.job(accepted))).isEqualTo("processing");
                })
                .says(
                        "completed: Job finished successfully",
                        client -> assertThat(status(client.done(client.ordered(FAST))))
                                .isEqualTo("completed"))
                .says("failed: Job failed with error", client -> {
                    var job = failed(client, "The model said nothing.");
                    assertThat(status(job)).isEqualTo("failed");
                    assertThat(job.get("error_message").asString()).isEqualTo("The model said nothing.");
                })
                .says(
                        "Show generation progress (0-100%)",
                        client -> {
                            var accepted = client.ordered(FAST);
                            var worker = client.worker(accepted);
                            var held = worker.lease(accepted.at("/job/id").asString());
                            worker.heartbeat(held, 40);
                            assertThat(client.job(accepted).get("progress").asInt())
                                    .isEqualTo(40);
                            assertThat(client.job(accepted).get("stage").asString())
                                    .isEqualTo("denoise");
                        })
                .shownBy("SessionTest", "fetch(`/api/jobs/${jobId}`) without a header");
    }

    private static void assets(StatementTable table) {
        table.section("Asset Handling")
                .says("SDXL returns array of 1, 3, or 6 image URLs: job.assets", client -> {
                    var job = client.done(client.order(FAST, Map.of("prompt", PROMPT, "num_images", 3))
                            .ok());
                    assertThat(new HashSet<>(job.get("assets").valueStream().toList()))
                            .hasSize(3)
                            .allSatisfy(url ->
                                    assertThat(client.opened(url).status()).isEqualTo(200));
                })
                .says(
                        "WAN returns single file URL: job.assets[0]",
                        client -> assertThat(client.done(client.ordered(VIDEO)).get("assets"))
                                .hasSize(1))
                .says(
                        "job.metadata.seed",
                        client -> assertThat(client.done(client.order(FAST, Map.of("prompt", PROMPT, "seed", 42))
                                                .ok())
                                        .at("/metadata/seed")
                                        .asLong())
                                .isEqualTo(42))
                .says("Enable download of individual images", client -> {
                    var job = client.done(client.order(FAST, Map.of("prompt", PROMPT, "num_images", 3))
                            .ok());
                    job.get("assets")
                            .forEach(url ->
                                    assertThat(client.opened(url).bytes()).isEqualTo(TestWorker.png()));
                })
                .says("Store all images in user library", client -> {
                    client.done(client.order(FAST, Map.of("prompt", PROMPT, "num_images", 3))
                            .ok());
                    assertThat(client.http().get("/api/assets").ok().get("assets"))
                            .hasSize(3);
                });
    }

    private static void jobTypeDetails(StatementTable table) {
        table.section("Job Type Details").shownBy("JobTypeTest", "Storage Buckets: limits of the ten types");
        Stream.of(FAST, "image_fast")
                .forEach(type -> table.says(type + ": 5MB limit per image", client -> {
                    var accepted = client.ordered(type);
                    var worker = client.worker(accepted);
                    var held = worker.lease(accepted.at("/job/id").asString());
                    worker.upload(held, "0", Arrays.copyOf(TestWorker.png(), 5 * 1_048_576 + 1))
                            .error(413);
                }));
        table.shownBy("WanGenerationTest", "Duration: 83 frames for 5.0-second videos (16.67fps effective)")
                .shownBy("WanPipelineTest", "UniPC sampling for better temporal consistency")
                .shownBy("JobTypeTest", "Enhanced guidance scales (6.5-7.5)")
                .shownBy("WanEngineTest", "Start Frame, End Frame, both, or none")
                .notCovered(
                        "Models: LUSTIFY SDXL v2.0, WAN 2.1 T2V 1.3B",
                        "Weights are the operator's choice; tests run on the small checkpoints that come with the project.");
    }

    private static void enhancement(StatementTable table) {
        table.section("Enhanced Jobs (Qwen 7B)");
        Stream.of(JobType.values())
                .filter(JobType::enhanced)
                .forEach(type ->
                        table.says(type.id() + " is a job type", client -> client.done(client.ordered(type.id()))));
        table.says("Input: a few words, Output: professional cinematic descriptions", client -> {
                    var answer = client.http()
                            .post("/api/enhance-prompt", "{\"prompt\": \"woman walking\"}")
                            .ok();
                    assertThat(answer.get("enhanced_prompt").asString())
                            .contains("woman walking")
                            .hasSizeGreaterThan(200);
                })
                .says(
                        "Output in Chinese, whatever the input is in",
                        client -> assertThat(client.http()
                                        .post(
                                                "/api/enhance-prompt",
                                                "{\"prompt\": \"woman walking\", \"language\": \"zh\"}")
                                        .ok()
                                        .get("enhanced_prompt")
                                        .asString())
                                .contains("woman walking。", "，"))
                .shownBy(
                        "WanEngineTest",
                        "Qwen model loading and enhancement, and what was written in the job's metadata")
                .shownBy(
                        "LlamaEnhancerTest",
                        "Qwen 7B Base model for prompt enhancement: GGUF files of its architecture")
                .notCovered(
                        "14-112s additional processing time, 3,400% prompt expansion",
                        "What the published 7B weights take and write; the grammar takes milliseconds and adds some 300 characters.");
    }

    private static void processingErrors(StatementTable table) {
        table.section("Error Handling: Job Processing Errors")
                .shownBy("LeaseLoopTest", "Model loading failed: Retry automatically")
                .shownBy("HangingGenerationTest", "Generation timeout: Mark as failed after 15 minutes")
                .shownBy("LeaseLoopTest", "Storage upload failed: Retry with exponential backoff")
                .shownBy("SupervisionCampaignTest", "GPU memory issues: Worker auto-restart")
                .shownBy("ReferenceTest", "Reference image download failed: Continue without reference")
                .notCovered("Seed generation failed: Use random seed", "Drawing a random number cannot fail.")
                .says("Graceful degradation for partial failures: a failed job is paid back", client -> {
                    failed(client, "The model said nothing.");
                    assertThat(client.platform().balance(client.name())).isEqualTo(1000);
                })
                .notCovered(
                        "Frontend Error Handling",
                        "The web studio is not there yet; every error has a sentence for users.");
    }

    private static void monitoring(StatementTable table) {
        table.section("Performance Monitoring")
                .says("queueDepth at the top of /api/queue-status", client -> {
                    var before = depth(client);
                    client.ordered(FAST);
                    assertThat(depth(client)).isEqualTo(before + 1);
                })
                .shownBy("MonitoringTest", "Job Success Rate, Average Generation Times, Reference Image Performance")
                .shownBy(
                        "MonitoringTest",
                        "Queue Performance, System Health: each figure is a metric, a panel and its target")
                .notCovered(
                        "Job Success Rate: >95%, Download time: <5s, GPU memory usage: <35GB, API response time: <500ms",
                        "Whether the targets are met depends on the machine: the figures say so to those who run it.")
                .notCovered(
                        "sdxl_queue: 2-second polling, wan_queue: 5-second polling",
                        "Workers do not poll: a waiting call is answered the moment a job comes.");
    }

    private static void endpoints(StatementTable table) {
        table.section("API Endpoints")
                .says("POST /api/queue-job: Create new job", client -> client.ordered(FAST))
                .says("POST /api/upload-reference: Upload reference image", ContractClient::reference)
                .says("GET /api/jobs/{id}: Get job status", client -> client.job(client.ordered(FAST)))
                .says("GET /api/assets: Get user assets", client -> {
                    var job = client.done(client.ordered(FAST));
                    assertThat(client.http().get("/api/assets").ok().at("/assets/0/job_id"))
                            .isEqualTo(job.get("id"));
                })
                .says("DELETE /api/assets/{id}: Delete asset", client -> {
                    var job = client.done(client.ordered(FAST));
                    var asset = client.http().get("/api/assets").ok().at("/assets/0");
                    client.http()
                            .delete("/api/assets/" + asset.get("id").asString())
                            .ok();
                    assertThat(client.http().get("/api/assets").ok().get("assets"))
                            .isEmpty();
                    client.opened(job.at("/assets/0")).error(404);
                })
                .says("GET /api/reference-images: Get user reference images", client -> {
                    client.reference();
                    assertThat(client.http().get("/api/reference-images").ok().get("reference_images"))
                            .hasSize(1);
                });
    }

    private static void callback(StatementTable table) {
        table.section("Consistent Callback Parameters")
                .says("job_id, status: 'completed', assets, metadata", client -> {
                    var job = client.done(client.ordered(FAST), Map.of("seed", 5, "model", "small"));
                    assertThat(job.at("/metadata/seed").asInt()).isEqualTo(5);
                    assertThat(job.at("/metadata/model").asString()).isEqualTo("small");
                })
                .says(
                        "status: 'failed', error_message: Error details if failed",
                        client -> assertThat(failed(client, "Out of paint.")
                                        .get("error_message")
                                        .asString())
                                .isEqualTo("Out of paint."))
                .section("Status Values")
                .says("queued → processing → completed/failed: an end is an end", client -> {
                    var job = client.done(client.ordered(FAST));
                    client.http()
                            .delete("/api/jobs/" + job.get("id").asString())
                            .error(409);
                    assertThat(status(client.http().job(job.get("id").asString())))
                            .isEqualTo("completed");
                });
    }

    private static JsonNode failed(ContractClient client, String message) {
        var accepted = client.ordered(FAST);
        var worker = client.worker(accepted);
        worker.fail(worker.lease(accepted.at("/job/id").asString()), message);
        return client.job(accepted);
    }

    private static String status(JsonNode job) {
        return job.get("status").asString();
    }

    private static int depth(ContractClient client) {
        return client.http().get("/api/queue-status").ok().get("queueDepth").asInt();
    }
}
