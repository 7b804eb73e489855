package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.catalog.JobType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What an accepted order is answered, field by field of the reference, for each row of its matrices. */
class JobAnswerTest {

    private static final Set<String> REFERENCES = Set.of("style/comp/char", "start/end");

    private static TestPlatform platform;

    private String name;
    private Client user;

    /** This platform starts no workers, and a queue that nobody serves takes no jobs. */
    @BeforeAll
    static void start() {
        platform = new TestPlatform(Map.of());
        platform.withToken(platform.workerKey()).post("/worker/lease", """
                {"worker_id": "films", "queue": "wan_queue", "model": "test", "wait_seconds": 0}""");
    }

    @BeforeEach
    void user() {
        name = TestPlatform.newName();
        user = platform.user(name);
    }

    @AfterAll
    static void stop() throws IOException {
        platform.close();
    }

    /** A row of the job type matrix. */
    record Row(String type, String reference, boolean quantities, boolean seed) {

        boolean sdxl() {
            return type.startsWith("sdxl_");
        }
    }

    static Stream<Row> matrix() {
        return Stream.of(
                new Row("sdxl_image_fast", "style/comp/char", true, true),
                new Row("sdxl_image_high", "style/comp/char", true, true),
                new Row("image_fast", "", false, false),
                new Row("image_high", "", false, false),
                new Row("video_fast", "start/end", false, false),
                new Row("video_high", "start/end", false, false),
                new Row("image7b_fast_enhanced", "", false, false),
                new Row("image7b_high_enhanced", "", false, false),
                new Row("video7b_fast_enhanced", "start/end", false, false),
                new Row("video7b_high_enhanced", "start/end", false, false));
    }

    @Test
    void theDescriptionSaysWhatStandsInMetadata() {
        var document = platform.stranger().get("/openapi.json").ok();
        assertThat(document.at("/components/schemas/JobView/properties/metadata/description")
                        .asString())
                .contains("unreadable", "cancelled");
    }

    @Test
    void theMatrixHasEveryJobType() {
        assertThat(matrix().map(Row::type)).containsExactlyElementsOf(JobType.ids());
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void everyDocumentedFieldIsThere(Row row) {
        var before = Instant.now();

        var answer = order(row.type, "{\"prompt\": \"a fox in snow\"}");

        assertThat(answer.get("success").isBoolean()).isTrue();
        assertThat(answer.get("success").asBoolean()).isTrue();
        assertThat(answer.get("message").asString()).isNotBlank();
        assertThat(answer.get("queueLength").isInt()).isTrue();
        assertThat(answer.get("queueLength").asInt()).isPositive();
        assertThat(answer.get("modelVariant").asString()).isEqualTo(row.sdxl() ? "sdxl" : "wan_2_1_1_3b");
        assertThat(answer.get("jobType").asString()).isEqualTo(row.type);
        assertThat(answer.get("queue").asString()).isEqualTo(row.sdxl() ? "sdxl_queue" : "wan_queue");
        assertThat(answer.get("warnings").isArray()).isTrue();
        assertFlag(answer, "isSDXL", row.sdxl());
        assertFlag(answer, "negativePromptSupported", row.sdxl());
        assertFlag(answer, "referenceImageSupported", REFERENCES.contains(row.reference));
        assertFlag(answer, "flexibleQuantitiesSupported", row.quantities);
        assertFlag(answer, "seedControlSupported", row.seed);
        var job = answer.get("job");
        UUID.fromString(job.get("id").asString());
        assertThat(job.get("user_id").asString()).isEqualTo(name);
        assertThat(job.get("job_type").asString()).isEqualTo(row.type);
        assertThat(job.get("status").asString()).isEqualTo("queued");
        assertThat(Instant.parse(job.get("created_at").asString()))
                .isBetween(before.minus(Duration.ofSeconds(1)), Instant.now().plusSeconds(1));
        assertThat(job.at("/metadata/prompt").asString()).isEqualTo("a fox in snow");
        assertThat(job.at("/metadata/seed").isIntegralNumber()).isTrue();
        assertThat(user.job(job.get("id").asString()).get("metadata")).isEqualTo(job.get("metadata"));
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void whatATypeDoesNotSupportIsNamedInWarningsAndTheRestIsNot(Row row) {
        var warnings = warned(order(row.type, """
                {"prompt": "a fox in snow", "negative_prompt": "rain", "num_images": 3, "seed": 7,
                 "reference_strength": 0.4, "reference_type": "character"}"""));

        assertThat(warnings.contains("negative_prompt")).isEqualTo(!row.sdxl());
        assertThat(warnings.contains("num_images")).isEqualTo(!row.quantities);
        assertThat(warnings.contains("seed")).isEqualTo(!row.seed);
        assertThat(warnings.contains("reference_strength")).isEqualTo(row.reference.isEmpty());
        assertThat(warnings.contains("reference_type")).isEqualTo(!row.sdxl());
        assertThat(user.get("/api/jobs?limit=1")
                        .ok()
                        .at("/jobs/0/metadata/num_images")
                        .asInt())
                .isEqualTo(row.quantities ? 3 : 1);
    }

    @Test
    void theClientsOwnIdsAreGivenBack() {
        var job = user.post("/api/queue-job", """
                        {"jobType": "sdxl_image_fast", "metadata": {"prompt": "a fox in snow"},
                         "projectId": "p-1", "videoId": "v_2", "imageId": "3"}""").ok().at("/job/id").asString();
        for (var shown :
                List.of(user.job(job), user.get("/api/jobs?limit=1").ok().at("/jobs/0"))) {
            assertThat(shown.get("project_id").asString()).isEqualTo("p-1");
            assertThat(shown.get("video_id").asString()).isEqualTo("v_2");
            assertThat(shown.get("image_id").asString()).isEqualTo("3");
        }
    }

    @Test
    void anInvalidJobTypeIsAnsweredWithTheValidOnesAndWhatToDo() {
        var error = user.post("/api/queue-job", "{\"jobType\": \"sdxl\"}").error(400);
        assertThat(error.get("validJobTypes").valueStream().map(JsonNode::asString))
                .containsExactlyElementsOf(JobType.ids());
        assertThat(error.get("suggestedAction").asString()).contains("validJobTypes");
    }

    @Test
    void aFailedSignInHasTheErrorFormat() {
        platform.stranger().get("/api/jobs").error(401);
        platform.withToken("garbage").get("/api/jobs").error(401);
    }

    @Test
    void tooFewCreditsAreAnsweredWithWhatToDo() {
        var error =
                user.order(Map.of("prompt", "a fox in snow", "credits", 1001)).error(402);
        assertThat(error.get("suggestedAction").asString()).contains("credits");
    }

    @Test
    void anInvalidReferenceIsAnsweredWithTheFieldAndWhatToDo() {
        var error = user.order(Map.of("prompt", "a fox in snow", "reference_image_url", "https://example.com/fox.png"))
                .error(400);
        assertThat(error.get("referenceImageError").asBoolean()).isTrue();
        assertThat(error.get("details").asString()).isEqualTo("metadata.reference_image_url");
        assertThat(error.get("suggestedAction").asString()).isNotBlank();
        var type = user.order(Map.of("prompt", "a fox in snow", "reference_type", "mood"))
                .error(400);
        assertThat(type.get("referenceImageError").asBoolean()).isTrue();
        assertThat(type.get("details").asString()).isEqualTo("metadata.reference_type");
    }

    @Test
    void eachFlagStandsForItsOwnErrorOnly() {
        var quantity =
                user.order(Map.of("prompt", "a fox in snow", "num_images", 2)).error(400);
        assertThat(quantity.get("invalidQuantity").asBoolean()).isTrue();
        assertThat(quantity.get("error").asString()).contains("1, 3 or 6");
        assertThat(quantity.has("invalidSeed") || quantity.has("referenceImageError"))
                .isFalse();
        var seed = user.order(Map.of("prompt", "a fox in snow", "seed", 1.5)).error(400);
        assertThat(seed.get("invalidSeed").asBoolean()).isTrue();
        assertThat(seed.get("error").asString()).contains("integer");
        assertThat(seed.has("invalidQuantity") || seed.has("referenceImageError"))
                .isFalse();
        var config = user.post("/api/queue-job", """
                {"jobType": "sdxl_image_fast", "metadata": {"prompt": "a fox in snow", "seed": 1, "num_images": 1},
                 "config": {"seed": "x"}}""").error(400);
        assertThat(config.get("invalidSeed").asBoolean()).isTrue();
    }

    private JsonNode order(String type, String metadata) {
        return user.post("/api/queue-job", "{\"jobType\": \"%s\", \"metadata\": %s}".formatted(type, metadata))
                .ok();
    }

    private static List<String> warned(JsonNode answer) {
        return answer.get("warnings")
                .valueStream()
                .map(JsonNode::asString)
                .map(warning -> warning.substring(0, warning.indexOf(' ')))
                .toList();
    }

    private static void assertFlag(JsonNode answer, String flag, boolean expected) {
        assertThat(answer.get(flag).isBoolean()).as(flag).isTrue();
        assertThat(answer.get(flag).asBoolean()).as(flag).isEqualTo(expected);
    }
}
