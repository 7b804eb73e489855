package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Three requests a minute that write, and ten that read: one comes back every 20 seconds, and every six. */
class RateLimitCampaignTest {

    private static TestPlatform platform;
    private static JsonNode openApi;

    @BeforeAll
    static void start() {
        platform = new TestPlatform(Map.of("OURVIDZ_RATE_LIMIT", "3", "OURVIDZ_READ_RATE_LIMIT", "10"));
        openApi = platform.newUser().get("/openapi.json").ok(); // before an address without a user has had its share
    }

    @AfterAll
    static void stop() throws IOException {
        platform.close();
    }

    @Test
    void line25MoreThanAUserMayWriteIs429AndNobodyElseFeelsIt() {
        var ann = platform.newUser();
        var name = TestPlatform.newName();

        assertThat(untilRefused(() -> ann.order("a fox in snow"))).isGreaterThanOrEqualTo(3);

        assertThat(ann.get("/api/jobs").status()).isEqualTo(200);
        assertThat(platform.user(name).order("a red lighthouse").status()).isEqualTo(200);
        assertThat(platform.balance(name)).isEqualTo(999);
    }

    @Test
    void line25OrderingAJobOnceMoreCountsLikeAnyOrder() {
        var ann = platform.newUser();
        var job = ann.ordered("a fox in snow");

        assertThat(untilRefused(() -> ann.post("/api/jobs/" + job + "/regenerate", "{}")))
                .isGreaterThanOrEqualTo(2);

        ann.order("a fox in snow").error(429);
    }

    @Test
    void line25MoreThanAUserMayReadIs429() {
        var ann = platform.newUser();

        assertThat(untilRefused(() -> ann.get("/api/jobs"))).isGreaterThanOrEqualTo(10);

        assertThat(ann.order("a street market").status()).isEqualTo(200);
    }

    @Test
    void line25WhoeverHasNoTokenIsCountedByAddressAndUsersThereAreNot() {
        assertThat(untilRefused(() -> platform.stranger().order("a fox in snow")))
                .isGreaterThanOrEqualTo(3);
        untilRefused(() -> platform.stranger().get("/files/none"));

        assertThat(platform.withToken("garbage").get("/api/jobs").status()).isIn(401, 429);
        assertThat(platform.newUser().order("a fox in snow").status()).isEqualTo(200);
    }

    @Test
    void theDocumentSaysOfEachRouteThatIsCountedHowItRefuses() {
        var document = new ApiDocument(openApi);
        var counted = document.operations().stream()
                .filter(operation -> !operation.path().startsWith("/worker/")
                        && !operation.path().equals("/api/job-callback"))
                .toList();
        assertThat(counted).hasSizeGreaterThan(20).allSatisfy(operation -> {
            var refusal = operation.description().at("/responses/429");
            assertThat(refusal.at("/headers/Retry-After/schema/type").asString())
                    .as(operation.toString())
                    .isEqualTo("integer");
            assertThat(refusal.at("/content/application~1json/schema/$ref").asString())
                    .endsWith("/Error");
        });
        var ann = platform.newUser();
        untilRefused(() -> ann.order("a fox in snow"));
        var refused = ann.order("a fox in snow");
        assertThat(refused.error(429).get("retryAfterSeconds").asString()).isEqualTo(refused.header("Retry-After"));
        var order = document.operations().stream()
                .filter(each -> each.toString().equals("POST /api/queue-job"))
                .findFirst()
                .orElseThrow();
        assertThat(document.objection(order, refused.response(), refused.bytes()))
                .isEmpty();
    }

    @Test
    void line25WorkersAndHealthAreNotCounted() {
        var worker = platform.newWorker();
        for (var i = 0; i < 20; i++) {
            assertThat(platform.stranger().get("/actuator/health/liveness").status())
                    .isEqualTo(200);
            worker.lease(0)
                    .ifPresent(held ->
                            assertThat(worker.heartbeat(held, 1).status()).isEqualTo(200));
        }
    }

    /** How often it went well before the refusal, whose form is checked. */
    private static long untilRefused(Supplier<Answer> request) {
        var answers = Stream.generate(request)
                .limit(100)
                .takeWhile(answer -> answer.status() != 429)
                .count();
        var refusal = Stream.generate(request)
                .limit(100)
                .filter(answer -> answer.status() == 429)
                .findFirst()
                .orElseThrow();
        assertThat(Integer.parseInt(refusal.header("Retry-After"))).isBetween(1, 21);
        assertThat(refusal.error(429).get("retryAfterSeconds").asInt()).isPositive();
        return answers;
    }
}
