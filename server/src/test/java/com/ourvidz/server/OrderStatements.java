package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.catalog.JobType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What the API reference says of ordering jobs: types, fields, flags, references, seeds, refusals. */
final class OrderStatements {

    private static final String PROMPT = "a lighthouse at dusk";
    private static final String FAST = "sdxl_image_fast";
    private static final String VIDEO = "video_fast";

    private OrderStatements() {}

    static List<Statement> rows() {
        var table = new StatementTable();
        activeJobTypes(table);
        requestPayload(table);
        response(table);
        exampleRequests(table);
        referenceImages(table);
        seeds(table);
        errors(table);
        matrices(table);
        return table.rows();
    }

    private static void activeJobTypes(StatementTable table) {
        table.section("Active Job Types (10 Total)")
                .says(
                        "10 job types",
                        client -> assertThat(client.order("no_such_type", Map.of("prompt", PROMPT))
                                        .error(400)
                                        .get("validJobTypes"))
                                .hasSize(10));
        for (var type : JobType.values()) {
            var kind = type.isVideo() ? "MP4" : "PNG";
            table.says(type.id() + ": " + kind, client -> {
                var job = client.done(client.ordered(type.id()));
                assertThat(job.get("job_type").asString()).isEqualTo(type.id());
                assertThat(client.opened(job.at("/assets/0")).header("Content-Type"))
                        .isEqualTo(type.isVideo() ? "video/mp4" : "image/png");
            });
        }
        table.says(
                        "SDXL Jobs (2) - Flexible Quantities (1, 3, or 6 images)",
                        client -> Stream.of(FAST, "sdxl_image_high")
                                .forEach(type -> Stream.of(1, 3, 6)
                                        .forEach(count -> assertThat(
                                                        client.done(client.order(type, with("num_images", count))
                                                                        .ok())
                                                                .get("assets"))
                                                .hasSize(count))))
                .says(
                        "WAN Standard Jobs (4), WAN Enhanced Jobs (4) - Single Files",
                        client -> Stream.of(JobType.values())
                                .filter(type -> !type.isSdxl())
                                .forEach(type -> assertThat(client.done(client.ordered(type.id()))
                                                .get("assets"))
                                        .hasSize(1)))
                .shownBy("GenerationTest", "1024x1024 PNG")
                .shownBy("WanGenerationTest", "480x832 PNG; 480x832 MP4 (5.0s duration, 83 frames)")
                .notCovered("3-8s per image, 25s, 135s …", "Times of a 48 GB GPU and of the published weights.");
    }

    private static void requestPayload(StatementTable table) {
        table.section("Job Creation API: Request Payload")
                .says(
                        "POST /api/queue-job: Authentication: Required (JWT token)",
                        client -> client.platform()
                                .stranger()
                                .post("/api/queue-job", Client.orderBody(Map.of("prompt", PROMPT)))
                                .error(401))
                .says(
                        "jobType: string",
                        client -> client.order(Map.of("metadata", with("seed", 1)))
                                .error(400))
                .says(
                        "prompt?: string - User input prompt",
                        client -> assertThat(client.leased(client.ordered(FAST))
                                        .message()
                                        .get("prompt")
                                        .asString())
                                .isEqualTo(PROMPT))
                .says("credits?: number - Credits consumed (default: 1)", client -> {
                    client.ordered(FAST);
                    assertThat(client.platform().balance(client.name())).isEqualTo(999);
                    client.order(FAST, with("credits", 4)).ok();
                    assertThat(client.platform().balance(client.name())).isEqualTo(995);
                })
                .says("bucket?: string - Storage bucket (auto-detected)", client -> {
                    client.order(FAST, with("bucket", FAST)).ok();
                    client.order(FAST, with("bucket", "video_high")).error(400);
                })
                .says(
                        "reference_image_url?: string - SDXL reference image URL",
                        client -> assertThat(client.references(
                                        client.order(FAST, with("reference_image_url", client.reference()))
                                                .ok()))
                                .singleElement()
                                .satisfies(each ->
                                        assertThat(each.get("slot").asString()).isEqualTo("reference")))
                .says(
                        "start_reference_image_url?: string - Video start frame URL",
                        client -> assertThat(slots(client, with("start_reference_image_url", client.reference())))
                                .containsExactly("start"))
                .says(
                        "end_reference_image_url?: string - Video end frame URL",
                        client -> assertThat(slots(client, with("end_reference_image_url", client.reference())))
                                .containsExactly("end"))
                .says("reference_strength?: number - 0.0-1.0 (default: 0.5)", client -> {
                    assertThat(strength(client, Map.of())).isEqualTo(0.5);
                    assertThat(strength(client, Map.of("reference_strength", 0.0)))
                            .isZero();
                    assertThat(strength(client, Map.of("reference_strength", 1.0)))
                            .isEqualTo(1);
                    Stream.of(-0.1, 1.1)
                            .forEach(value -> assertThat(client.order(FAST, with("reference_strength", value))
                                            .error(400)
                                            .get("referenceImageError")
                                            .asBoolean())
                                    .isTrue());
                })
                .says("similarity_strength?: number - Alternative to reference_strength", client -> {
                    assertThat(strength(client, Map.of("similarity_strength", 0.3)))
                            .isEqualTo(0.3);
                    assertThat(strength(client, Map.of("similarity_strength", 0.3, "reference_strength", 0.8)))
                            .isEqualTo(0.8);
                })
                .says("reference_type?: string - 'style'|'composition'|'character'", client -> {
                    Stream.of("style", "composition", "character")
                            .forEach(type -> assertThat(client.references(client.order(
                                                            FAST, withReference(client, Map.of("reference_type", type)))
                                                    .ok())
                                            .getFirst()
                                            .get("type")
                                            .asString())
                                    .isEqualTo(type));
                    client.order(FAST, withReference(client, Map.of("reference_type", "mood")))
                            .error(400);
                })
                .says(
                        "num_images?: number - 1, 3, or 6 (default: 1)",
                        client -> assertThat(client.leased(client.ordered(FAST))
                                        .message()
                                        .get("num_images")
                                        .asInt())
                                .isEqualTo(1))
                .says(
                        "seed?: number - Integer seed for reproducible generation",
                        client -> assertThat(
                                        seedOfWorker(client, Map.of("jobType", FAST, "metadata", with("seed", 12_345))))
                                .isEqualTo(12_345))
                .says("negative_prompt?: string - SDXL only", client -> {
                    var accepted = client.order(FAST, with("negative_prompt", "blurry"))
                            .ok();
                    assertThat(client.leased(accepted)
                                    .message()
                                    .get("negative_prompt")
                                    .asString())
                            .isEqualTo("blurry");
                    assertThat(client.order(VIDEO, with("negative_prompt", "blurry"))
                                    .ok()
                                    .get("warnings"))
                            .singleElement()
                            .satisfies(warning -> assertThat(warning.asString()).contains("negative_prompt"));
                })
                .says(
                        "config.num_images - Alternative location for num_images",
                        client -> assertThat(client.leased(client.order(configured("num_images", 3))
                                                .ok())
                                        .message()
                                        .get("num_images")
                                        .asInt())
                                .isEqualTo(3))
                .says(
                        "config.seed - Alternative location for seed",
                        client -> assertThat(seedOfWorker(client, configured("seed", 77)))
                                .isEqualTo(77))
                .says("projectId, videoId, imageId - Optional references", client -> {
                    var job = client.job(client.order(Map.of(
                                    "jobType", FAST,
                                    "metadata", Map.of("prompt", PROMPT),
                                    "projectId", "p-1",
                                    "videoId", "v_2",
                                    "imageId", "3"))
                            .ok());
                    assertThat(job.get("project_id").asString()).isEqualTo("p-1");
                    assertThat(job.get("video_id").asString()).isEqualTo("v_2");
                    assertThat(job.get("image_id").asString()).isEqualTo("3");
                });
    }

    private static void response(StatementTable table) {
        table.section("Job Creation API: Response")
                .says(
                        "success: boolean",
                        client -> assertThat(client.ordered(FAST).get("success").asBoolean())
                                .isTrue())
                .says("job.id: Database job ID", client -> {
                    var accepted = client.ordered(FAST);
                    assertThat(client.job(accepted).get("id")).isEqualTo(accepted.at("/job/id"));
                })
                .says(
                        "job.user_id: User identifier",
                        client -> assertThat(
                                        client.ordered(FAST).at("/job/user_id").asString())
                                .isEqualTo(client.name()))
                .says(
                        "job.job_type: Job type",
                        client -> assertThat(client.ordered(VIDEO)
                                        .at("/job/job_type")
                                        .asString())
                                .isEqualTo(VIDEO))
                .says(
                        "job.status: 'queued' - Initial status",
                        client -> assertThat(
                                        client.ordered(FAST).at("/job/status").asString())
                                .isEqualTo("queued"))
                .says(
                        "job.created_at: ISO timestamp",
                        client -> assertThat(Instant.parse(client.ordered(FAST)
                                        .at("/job/created_at")
                                        .asString()))
                                .isBefore(Instant.now().plusSeconds(60)))
                .says("job.metadata: Job metadata including reference info", client -> {
                    var url = client.reference();
                    var metadata = client.order(FAST, with("reference_image_url", url))
                            .ok()
                            .at("/job/metadata");
                    assertThat(metadata.get("prompt").asString()).isEqualTo(PROMPT);
                    assertThat(metadata.get("reference_image_url").asString()).isEqualTo(url);
                })
                .says(
                        "message: Success message",
                        client -> assertThat(client.ordered(FAST).get("message").asString())
                                .isNotBlank())
                .says("queueLength: Current queue depth", client -> {
                    var before = client.ordered(FAST).get("queueLength").asInt();
                    assertThat(client.ordered(FAST).get("queueLength").asInt()).isEqualTo(before + 1);
                })
                .says("modelVariant: Model being used", client -> {
                    assertThat(client.ordered(FAST).get("modelVariant").asString())
                            .isEqualTo("sdxl");
                    assertThat(client.ordered(VIDEO).get("modelVariant").asString())
                            .isEqualTo("wan_2_1_1_3b");
                })
                .says("isSDXL: SDXL vs WAN job", client -> {
                    assertThat(client.ordered(FAST).get("isSDXL").asBoolean()).isTrue();
                    assertThat(client.ordered(VIDEO).get("isSDXL").asBoolean()).isFalse();
                });
    }

    private static void exampleRequests(StatementTable table) {
        table.section("Job Creation API: Example Requests")
                .says("SDXL with Reference Image and Seed", client -> {
                    var accepted = client.order(
                                    FAST,
                                    Map.of(
                                            "prompt",
                                            PROMPT,
                                            "credits",
                                            1,
                                            "reference_image_url",
                                            client.reference(),
                                            "reference_strength",
                                            0.7,
                                            "reference_type",
                                            "style",
                                            "num_images",
                                            3,
                                            "seed",
                                            12_345,
                                            "negative_prompt",
                                            "blurry, low quality, watermark"))
                            .ok();
                    assertThat(accepted.get("warnings")).isEmpty();
                    assertThat(client.done(accepted).get("assets")).hasSize(3);
                })
                .says("Video with Reference Frames", client -> {
                    var accepted = client.order(
                                    VIDEO,
                                    Map.of(
                                            "prompt",
                                            "a walk in a park",
                                            "credits",
                                            1,
                                            "start_reference_image_url",
                                            client.reference(),
                                            "end_reference_image_url",
                                            client.reference(),
                                            "reference_strength",
                                            0.6))
                            .ok();
                    assertThat(accepted.get("warnings")).isEmpty();
                    assertThat(client.references(accepted))
                            .allSatisfy(each ->
                                    assertThat(each.get("strength").asDouble()).isEqualTo(0.6))
                            .extracting(each -> each.get("slot").asString())
                            .containsExactly("start", "end");
                })
                .says("Standard SDXL with Seed Control", client -> {
                    var accepted = client.order(
                                    "sdxl_image_high",
                                    Map.of(
                                            "prompt", PROMPT,
                                            "credits", 2,
                                            "num_images", 6,
                                            "seed", 67_890,
                                            "negative_prompt", "blurry, low quality, watermark, text, logo"))
                            .ok();
                    assertThat(client.done(accepted).get("assets")).hasSize(6);
                    assertThat(client.platform().balance(client.name())).isEqualTo(998);
                });
    }

    private static void referenceImages(StatementTable table) {
        table.section("Reference Image System")
                .says(
                        "Optional: All reference images are optional",
                        client -> assertThat(client.references(client.ordered(VIDEO)))
                                .isEmpty())
                .notCovered(
                        "Strength Range: 0.3-0.8, 0.5-0.9, 0.4-0.7, 0.5-0.8 (recommended)",
                        "Advice to people; the API takes 0.0 to 1.0, which the row on reference_strength shows.")
                .says(
                        "Format: JPEG, PNG",
                        client -> Stream.of("jpeg", "png")
                                .forEach(format -> client.upload(TestWorker.picture(format))
                                        .ok()))
                .shownBy("ImageIoPicturesTest", "Format: WebP")
                .shownBy("ReferenceCampaignTest", "Size: Maximum 10MB per image")
                .shownBy("ReferenceTest", "Resolution: Any size (auto-resized to target)")
                .says(
                        "Security: Must be from authorized domains",
                        client -> assertThat(
                                        client.order(FAST, with("reference_image_url", "https://example.com/fox.png"))
                                                .error(400)
                                                .get("referenceImageError")
                                                .asBoolean())
                                .isTrue())
                .says("Validation: Automatic format and size validation", client -> {
                    client.upload("not a picture".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                            .error(400);
                    client.upload(TestWorker.picture("gif")).error(415);
                })
                .says(
                        "POST /api/upload-reference returns the storage URL, which job creation takes",
                        client -> client.order(FAST, with("reference_image_url", client.reference()))
                                .ok())
                .shownBy("WebPicturesTest", "Downloads reference image from URL with 30s timeout")
                .shownBy("ReferenceTest", "Centers image on black background if needed")
                .shownBy("ReferenceTest", "Composition mode automatically boosts strength by 0.2")
                .shownBy("WanEngineTest", "Graceful fallback to standard generation if references fail")
                .notCovered(
                        "Saves to temporary PNG files; passes reference files to WAN command line",
                        "The model runs in the worker's own process: there is no command line to pass files to.");
    }

    private static void seeds(StatementTable table) {
        table.section("Seed Control System (SDXL Only)")
                .says(
                        "Random seeds generated if not provided",
                        client -> assertThat(Stream.of(1, 2, 3)
                                        .map(i -> client.ordered(FAST)
                                                .at("/job/metadata/seed")
                                                .asLong()))
                                .doesNotHaveDuplicates())
                .says("Supports both config.seed and metadata.seed locations", client -> {
                    var body = new HashMap<String, Object>(configured("seed", 2));
                    body.put("metadata", with("seed", 1));
                    assertThat(seedOfWorker(client, body)).as("config wins").isEqualTo(2);
                })
                .says(
                        "Seed returned in callback metadata for future reference",
                        client -> assertThat(client.done(
                                                client.order(FAST, with("seed", 7))
                                                        .ok(),
                                                Map.of("seed", 7, "seeds", List.of(7)))
                                        .at("/metadata/seed")
                                        .asLong())
                                .isEqualTo(7))
                .shownBy("GenerationTest", "Same seed + prompt = same image (deterministic)")
                .shownBy("GenerationTest", "Each image in batch gets seed + index for variety")
                .says(
                        "SDXL only",
                        client -> assertThat(client.order(VIDEO, with("seed", 7))
                                        .ok()
                                        .get("warnings"))
                                .hasSize(1))
                .notCovered(
                        "Falls back to 1 if invalid value provided; Fallback to random seeds if invalid",
                        "The error section says 400 for both. It was decided for 400: a silent other value is worse.");
    }

    private static void errors(StatementTable table) {
        table.section("Error Handling: Job Creation Errors")
                .says(
                        "Invalid job type: Return 400 with valid job types list",
                        client -> assertThat(client.order("sdxl_image_slow", Map.of("prompt", PROMPT))
                                        .error(400)
                                        .get("validJobTypes"))
                                .extracting(JsonNode::asString)
                                .containsExactlyElementsOf(JobType.ids()))
                .says(
                        "Authentication failed: Return 401",
                        client -> client.platform()
                                .withToken("garbage")
                                .get("/api/jobs")
                                .error(401))
                .says(
                        "User credits insufficient: Return 402 with upgrade prompt",
                        client -> assertThat(client.order(FAST, with("credits", 1001))
                                        .error(402)
                                        .get("suggestedAction")
                                        .asString())
                                .isNotBlank())
                .shownBy("InputCampaignTest", "Redis queue full: Return 503 with retry guidance")
                .says("Invalid reference image: Return 400 with validation details", client -> {
                    var error = client.order(FAST, withReference(client, Map.of("reference_strength", 2)))
                            .error(400);
                    assertThat(error.get("referenceImageError").asBoolean()).isTrue();
                    assertThat(error.get("error").asString()).contains("reference_strength");
                })
                .says(
                        "Invalid quantity (SDXL): Return 400 (only 1, 3, or 6 allowed)",
                        client -> Stream.of(0, 2, 4, 7, 1.5, "3")
                                .forEach(count -> assertThat(client.order(FAST, with("num_images", count))
                                                .error(400)
                                                .get("invalidQuantity")
                                                .asBoolean())
                                        .isTrue()))
                .says(
                        "Invalid seed (SDXL): Return 400 (must be integer)",
                        client -> Stream.of(1.5, "x", -1, true)
                                .forEach(seed -> assertThat(client.order(FAST, with("seed", seed))
                                                .error(400)
                                                .get("invalidSeed")
                                                .asBoolean())
                                        .isTrue()))
                .section("Error Handling: Error Response Format")
                .says(
                        "success: false, error: User-friendly error message",
                        client -> client.order(FAST, Map.of()).error(400))
                .says(
                        "suggestedAction?: What user should do",
                        client -> assertThat(client.order("x", Map.of())
                                        .error(400)
                                        .get("suggestedAction")
                                        .asString())
                                .isNotBlank())
                .says(
                        "details?: Technical details for debugging",
                        client -> assertThat(client.order(FAST, withReference(client, Map.of("reference_strength", 2)))
                                        .error(400)
                                        .get("details")
                                        .asString())
                                .isNotBlank());
    }

    private static void matrices(StatementTable table) {
        table.section("Job Type Matrix");
        for (var type : JobType.values()) {
            var sdxl = type.id().startsWith("sdxl");
            var references = sdxl || type.id().startsWith("video");
            table.says(type.id() + ": Reference Support, Flexible Quantities, Seed Control", client -> {
                var accepted = client.ordered(type.id());
                assertThat(accepted.get("referenceImageSupported").asBoolean()).isEqualTo(references);
                assertThat(accepted.get("flexibleQuantitiesSupported").asBoolean())
                        .isEqualTo(sdxl);
                assertThat(accepted.get("seedControlSupported").asBoolean()).isEqualTo(sdxl);
                assertThat(accepted.get("negativePromptSupported").asBoolean()).isEqualTo(sdxl);
            });
        }
        table.section("Reference Image Matrix")
                .says(
                        "Style, Composition, Character: not for video",
                        client -> assertThat(
                                        client.order(VIDEO, withReference(client, Map.of("reference_type", "style")))
                                                .ok()
                                                .get("warnings"))
                                .hasSize(2))
                .says(
                        "Start Frame, End Frame: not for SDXL",
                        client -> assertThat(client.order(
                                                FAST,
                                                Map.of(
                                                        "prompt", PROMPT,
                                                        "start_reference_image_url", client.reference(),
                                                        "end_reference_image_url", client.reference()))
                                        .ok()
                                        .get("warnings"))
                                .hasSize(2));
    }

    private static Map<String, Object> with(String field, Object value) {
        return Map.of("prompt", PROMPT, field, value);
    }

    private static Map<String, Object> withReference(ContractClient client, Map<String, ?> more) {
        var metadata = new HashMap<String, Object>(with("reference_image_url", client.reference()));
        metadata.putAll(more);
        return metadata;
    }

    private static Map<String, Object> configured(String field, Object value) {
        return Map.of("jobType", FAST, "metadata", Map.of("prompt", PROMPT), "config", Map.of(field, value));
    }

    private static long seedOfWorker(ContractClient client, Map<String, ?> body) {
        return client.leased(client.order(body).ok()).message().get("seed").asLong();
    }

    private static List<String> slots(ContractClient client, Map<String, ?> metadata) {
        return new ArrayList<>(client.references(client.order(VIDEO, metadata).ok()))
                .stream().map(each -> each.get("slot").asString()).toList();
    }

    private static double strength(ContractClient client, Map<String, ?> fields) {
        return client.references(
                        client.order(FAST, withReference(client, fields)).ok())
                .getFirst()
                .get("strength")
                .asDouble();
    }
}
