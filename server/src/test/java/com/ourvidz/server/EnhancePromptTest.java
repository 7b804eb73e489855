package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code POST /api/enhance-prompt}, and what workers ask of what they have enhanced. */
@ExtendWith(TestPlatform.Shared.class)
class EnhancePromptTest {

    private static final String MODEL = "../enhancer/src/test/resources/lighthouse-qwen2.gguf";

    @TempDir
    private Path folder;

    private final TestPlatform platform;
    private final String annasName = TestPlatform.newName();
    private final Client anna;

    EnhancePromptTest(TestPlatform platform) {
        this.platform = platform;
        this.anna = platform.user(annasName);
    }

    @Test
    void aPreviewMakesNoJobAndCostsNothing() {
        var answer = enhance(anna, Map.of("prompt", " a fox in snow ")).ok();
        assertThat(answer.get("success").asBoolean()).isTrue();
        assertThat(answer.get("prompt").asString()).isEqualTo("a fox in snow");
        assertThat(answer.get("enhanced_prompt").asString()).startsWith("a fox in snow. ");
        assertThat(answer.get("enhanced_by").asString()).isEqualTo("grammar");
        assertThat(answer.get("enhancement_seconds").isNumber()).isTrue();
        assertThat(platform.balance(annasName)).isEqualTo(1000);
        assertThat(anna.get("/api/jobs").ok().get("jobs")).isEmpty();
    }

    @Test
    void theLanguageAndTheKindOfOutputAreTheRequests() {
        var chinese = Map.of("prompt", "a fox", "language", "zh", "jobType", "image7b_fast_enhanced");
        var text = enhance(anna, chinese).ok().get("enhanced_prompt").asString();
        assertThat(text).startsWith("a fox。");
        var sentences = text.codePoints().filter(character -> character == '。').count();
        assertThat(sentences).isEqualTo(5); // the prompt, setting, light, camera and style
    }

    @Test
    void badRequestsAreRefusedInTheDocumentedFormat() {
        assertThat(enhance(anna, Map.of()).error(400).get("error").asString()).contains("prompt");
        enhance(anna, Map.of("prompt", "  ")).error(400);
        enhance(anna, Map.of("prompt", 7)).error(400);
        enhance(anna, Map.of("prompt", "x".repeat(4001))).error(400);
        enhance(anna, Map.of("prompt", "a fox", "language", "fr")).error(400);
        assertThat(enhance(anna, Map.of("prompt", "a fox", "jobType", "film"))
                        .error(400)
                        .get("validJobTypes"))
                .hasSize(10);
        anna.post("/api/enhance-prompt", "[").error(400);
        enhance(platform.stranger(), Map.of("prompt", "a fox")).error(401);
    }

    @Test
    void theContentPolicyIsAskedBeforeAndAfterwards() throws IOException {
        try (var strict = with("BLOCKED_WORDS", blocked("umbrella", "cinematic", "documentary", "editorial"))) {
            var bert = strict.newUser();
            assertThat(enhance(bert, Map.of("prompt", "an umbrella"))
                            .error(403)
                            .get("code")
                            .asString())
                    .isEqualTo("content_policy");
            assertNone(enhance(bert, Map.of("prompt", "a fox")).ok());
        }
    }

    @Test
    void aModelRunsInAProcessOfItsOwnForOneAfterTheOther() throws Exception {
        try (var platformWithModel = with("ENHANCER_MODEL", MODEL);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var bert = platformWithModel.newUser();
            Callable<JsonNode> ask =
                    () -> enhance(bert, Map.of("prompt", "a lighthouse")).ok();
            for (var answer : threads.invokeAll(List.of(ask, ask, ask))) {
                assertThat(answer.get().get("enhanced_prompt").asString())
                        .isEqualTo("A red lighthouse on a cliff at dusk. Waves below!");
                assertThat(answer.get().get("enhanced_by").asString()).isEqualTo("lighthouse-qwen2");
            }
            assertThat(Files.readString(Path.of("/proc/self/maps"))).doesNotContain("jllama");
        }
    }

    @Test
    void aServerThatIsNotThereLeavesThePromptAsItIs() throws IOException {
        try (var alone = new TestPlatform(
                Map.of("OURVIDZ_ENHANCER_URL", "http://127.0.0.1:9/v1", "OURVIDZ_ENHANCER_NAME", "qwen2.5:7b"))) {
            assertNone(enhance(alone.newUser(), Map.of("prompt", "a fox")).ok());
        }
    }

    @Test
    void aWorkerAsksWhetherWhatItsEnhancerWroteMayBeRendered() throws IOException {
        try (var strict = with("BLOCKED_WORDS", blocked("umbrella"))) {
            var bert = new ContractClient(strict);
            var _ = strict.newWorker("wan_queue").lease(0); // so that the queue is served
            var held = bert.leased(bert.ordered("image7b_fast_enhanced"));
            var worker = strict.newWorker("wan_queue");
            assertThat(worker.check(held, "a fox in the rain")
                            .ok()
                            .get("allowed")
                            .asBoolean())
                    .isTrue();
            assertThat(worker.check(held, "a fox with an umbrella")
                            .ok()
                            .get("allowed")
                            .asBoolean())
                    .isFalse();
            worker.check(held, "x".repeat(20_001)).error(400);
            worker.check(new TestWorker.Held(held.job(), held.attempt(), "stale", held.message()), "a fox")
                    .error(409);
        }
    }

    @Test
    void aJobThatIsMadeAgainIsGivenWhatWasWrittenThen() {
        var client = new ContractClient(platform);
        var _ = platform.newWorker("wan_queue").lease(0); // so that the queue is served
        var first = client.done(
                client.ordered("image7b_fast_enhanced"),
                Map.of("enhanced_prompt", "A fox at dawn.", "enhanced_by", "qwen2.5-7b"));
        var again = regenerate(client, first, "{}");
        assertThat(client.leased(again).message().at("/enhancement/prompt").asString())
                .isEqualTo("A fox at dawn.");
        assertThat(client.leased(regenerate(client, first, "{\"random\": true}"))
                        .message()
                        .has("enhancement"))
                .isFalse();
    }

    private static JsonNode regenerate(ContractClient client, JsonNode job, String body) {
        return client.http()
                .post("/api/jobs/" + job.get("id").asString() + "/regenerate", body)
                .ok();
    }

    private static void assertNone(JsonNode answer) {
        assertThat(answer.get("success").asBoolean()).isTrue();
        assertThat(answer.get("enhanced_by").asString()).isEqualTo("none");
        assertThat(answer.get("enhanced_prompt").asString())
                .isEqualTo(answer.get("prompt").asString());
    }

    private static TestPlatform with(String setting, String value) {
        return new TestPlatform(Map.of("OURVIDZ_" + setting, value));
    }

    private String blocked(String... words) throws IOException {
        return Files.write(folder.resolve("blocked.txt"), Stream.of(words).toList())
                .toString();
    }

    private static Answer enhance(Client client, Map<String, ?> body) {
        return client.post("/api/enhance-prompt", Client.JSON.writeValueAsString(body));
    }
}
