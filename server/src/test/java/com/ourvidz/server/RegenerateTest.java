package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A recorded job once more, over HTTP. */
@ExtendWith(TestPlatform.Shared.class)
class RegenerateTest {

    private static final long GRANT = 1000;

    private final TestPlatform platform;
    private final String annasName = TestPlatform.newName();
    private final Client anna;
    private final Client bert;

    RegenerateTest(TestPlatform platform) {
        this.platform = platform;
        this.anna = platform.user(annasName);
        this.bert = platform.newUser();
    }

    @AfterEach
    void theLedgerAddsUp() {
        assertThat(platform.discrepancies()).isEmpty();
    }

    @Test
    void aBatchIsOrderedAgainAsItWasAndCharged() {
        var first = batch();

        var answer = anna.post("/api/jobs/" + id(first) + "/regenerate", "{}").ok();

        var again = answer.get("job");
        assertThat(answer.get("success").asBoolean()).isTrue();
        assertThat(answer.propertyNames()).containsExactlyElementsOf(first.propertyNames());
        assertThat(id(answer)).isNotEqualTo(id(first));
        assertThat(again.get("status").asString()).isEqualTo("queued");
        assertThat(again.at("/metadata/regenerated_from").asString()).isEqualTo(id(first));
        assertThat(again.at("/metadata/seed").asLong()).isEqualTo(40);
        assertThat(again.at("/metadata/num_images").asInt()).isEqualTo(3);
        assertThat(again.at("/metadata/negative_prompt").asString()).isEqualTo("rain");
        assertThat(again.get("project_id").asString()).isEqualTo("north");
        assertThat(answer.get("warnings")).isEmpty();
        assertThat(platform.balance(annasName)).isEqualTo(GRANT - 2);
        assertThat(orderSeenByAWorker(id(answer)))
                .isEqualTo(
                        Map.of("prompt", "a fox in snow", "negative_prompt", "rain", "num_images", "3", "seed", "40"));
    }

    @Test
    void oneImageOfABatchIsOrderedAloneWithItsOwnSeed() {
        var first = id(batch());

        var third = regenerate(first, "{\"index\": 2}").ok();

        assertThat(third.at("/job/metadata/num_images").asInt()).isEqualTo(1);
        assertThat(orderSeenByAWorker(id(third)))
                .isEqualTo(
                        Map.of("prompt", "a fox in snow", "negative_prompt", "rain", "num_images", "1", "seed", "42"));
    }

    @Test
    void withoutABodyNothingIsChanged() {
        var first = id(batch());
        var answer = anna.send("/api/jobs/" + first + "/regenerate", request -> request.POST(BodyPublishers.noBody()));
        assertThat(answer.ok().at("/job/metadata/seed").asLong()).isEqualTo(40);
    }

    @Test
    void whatTheRequestNamesIsChanged() {
        var first = id(batch());

        var changed = regenerate(first, """
                        {"jobType": "sdxl_image_high", "projectId": "south",
                         "metadata": {"prompt": "a street market", "negative_prompt": null},
                         "config": {"seed": 5, "num_images": 1}}""").ok();

        assertThat(changed.get("jobType").asString()).isEqualTo("sdxl_image_high");
        assertThat(changed.at("/job/project_id").asString()).isEqualTo("south");
        assertThat(orderSeenByAWorker(id(changed)))
                .isEqualTo(Map.of("prompt", "a street market", "num_images", "1", "seed", "5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"random\": true}", "{\"metadata\": {\"seed\": null}}", "{\"config\": {\"seed\": null}}"})
    void aNewSeedIsDrawnWhereOneIsAskedFor(String request) {
        assertThat(regenerate(id(batch()), request)
                        .ok()
                        .at("/job/metadata/seed")
                        .asLong())
                .isNotEqualTo(40);
    }

    @Test
    void endedJobsAreMadeAgainToo() {
        var worker = platform.newWorker();
        var completed = anna.ordered("a red lighthouse");
        worker.does(completed);
        var cancelled = anna.ordered("a red lighthouse");
        anna.delete("/api/jobs/" + cancelled).ok();
        for (var job : List.of(completed, cancelled)) {
            var again = regenerate(job, "{}").ok();
            assertThat(again.at("/job/metadata/seed").asLong())
                    .isEqualTo(anna.job(job).at("/metadata/seed").asLong());
            assertThat(again.at("/job/assets")).isEmpty();
            assertThat(again.at("/job/metadata").has("cancelled")).isFalse();
            assertThat(again.at("/job/metadata").has("model")).isFalse();
        }
    }

    @Test
    void line11AnothersJobCannotBeRegenerated() {
        var job = anna.ordered("a red lighthouse");
        for (var request : List.of("{}", "{\"index\": 0}", "{\"metadata\": {\"prompt\": \"a fox in snow\"}}")) {
            var foreign = bert.post("/api/jobs/" + job + "/regenerate", request);
            foreign.error(404);
            assertThat(foreign.text())
                    .isEqualTo(bert.post("/api/jobs/3f1f6f0e-6f0e-4f0e-8f0e-6f0e4f0e8f0e/regenerate", request)
                            .text());
        }
        assertThat(bert.get("/api/jobs").ok().get("jobs")).isEmpty();
        assertThat(anna.get("/api/jobs").ok().get("jobs")).hasSize(1);
    }

    @Test
    void line01RegeneratingNeedsAToken() {
        var job = anna.ordered("a red lighthouse");
        platform.stranger().post("/api/jobs/" + job + "/regenerate", "{}").error(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "null",
                "7",
                "{\"index\": 3}",
                "{\"index\": -1}",
                "{\"index\": 1.5}",
                "{\"index\": \"1\"}",
                "{\"index\": 1e99}",
                "{\"metadata\": []}",
                "{\"config\": 1}",
                "{\"jobType\": null}",
                "{\"metadata\": {\"prompt\": null}}",
                "{\"metadata\": {\"prompt\": \"\\ud800\"}}",
                "{\"metadata\": {\"bucket\": \"video_fast\"}}",
                "{\"projectId\": \"../x\"}"
            })
    void line16WhatCannotBeReadIs400AndCostsNothing(String request) {
        var job = id(batch());
        regenerate(job, request).error(400);
        assertThat(anna.get("/api/jobs").ok().get("jobs")).hasSize(1);
        assertThat(platform.balance(annasName)).isEqualTo(GRANT - 1);
    }

    @Test
    void line17AnotherMediaTypeIs415AndLine18ALongBodyIs413() {
        var path = "/api/jobs/" + anna.ordered("a red lighthouse") + "/regenerate";
        anna.send(path, request -> request.header("Content-Type", "text/plain").POST(BodyPublishers.ofString("{}")))
                .error(415);
        anna.post(path, "{}" + " ".repeat(65_536)).error(413);
    }

    @Test
    void line20TheFlagsAreThoseOfAnyOrder() {
        var job = id(batch());
        assertThat(regenerate(job, "{\"jobType\": \"sdxl\"}").error(400).get("validJobTypes"))
                .hasSize(10);
        assertFlag(job, "{\"config\": {\"num_images\": 2}}", "invalidQuantity");
        assertFlag(job, "{\"index\": 1, \"config\": {\"num_images\": 3}}", "invalidQuantity");
        assertFlag(job, "{\"metadata\": {\"seed\": -1}}", "invalidSeed");
        assertFlag(job, "{\"random\": 1}", "invalidSeed");
        assertFlag(job, "{\"random\": true, \"metadata\": {\"seed\": 1}}", "invalidSeed");
        assertFlag(job, "{\"metadata\": {\"reference_strength\": 2}}", "referenceImageError");
        assertFlag(job, "{\"metadata\": {\"reference_image_url\": \"/references/x\"}}", "referenceImageError");
    }

    @Test
    void thePolicyLooksAtTheChangesToo() {
        var job = anna.ordered("a child on a playground");
        var error = regenerate(job, "{\"metadata\": {\"prompt\": \"a nude child\"}}")
                .error(403);
        assertThat(error.get("code").asString()).isEqualTo("content_policy");
        regenerate(job, "{\"metadata\": {\"negative_prompt\": \"nude\"}}").error(403);
    }

    @Test
    void line40NotEnoughCreditsIs402WithoutAJob() {
        var job = anna.ordered("a red lighthouse");
        regenerate(job, "{\"metadata\": {\"credits\": 1000}}").error(402);
        assertThat(anna.get("/api/jobs").ok().get("jobs")).hasSize(1);
    }

    @Test
    void line42TheSameKeyForTheSameRequestIsOneJob() {
        var job = id(batch());
        var other = id(batch());
        var first = regenerate(job, "key 1", "{\"random\": true}").ok();

        assertThat(id(regenerate(job, "key 1", "{\"random\": true}").ok())).isEqualTo(id(first));
        regenerate(job, "key 1", "{}").error(409);
        regenerate(other, "key 1", "{\"random\": true}").error(409);
        anna.post("/api/queue-job", Client.orderBody(Map.of("prompt", "a fox")), key("key 1"))
                .error(409);
        assertThat(platform.balance(annasName)).isEqualTo(GRANT - 3);
    }

    @Test
    void theRecordedReferenceIsUsedAgainWhileItIsThere() {
        var reference = uploaded();
        var job = anna.order(Map.of(
                        "prompt",
                        "a fox in snow",
                        "reference_image_url",
                        reference.get("url").asString(),
                        "reference_type",
                        "composition",
                        "reference_strength",
                        0.7))
                .ok();

        var again = regenerate(id(job), "{\"metadata\": {\"similarity_strength\": 0.3}}")
                .ok();

        assertThat(again.at("/job/metadata/reference_image_url").asString())
                .isEqualTo(reference.get("url").asString());
        assertThat(again.at("/job/metadata/reference_type").asString()).isEqualTo("composition");
        var worker = platform.newWorker();
        var held = worker.lease(id(again));
        assertThat(held.message().at("/references/0/strength").asDouble()).isEqualTo(0.3);
        assertThat(worker.reference(held, "reference").status()).isEqualTo(200);
        worker.fail(held, "tested").ok();

        anna.delete("/api/reference-images/"
                        + reference.at("/reference_image/id").asString())
                .ok();
        assertFlag(id(job), "{}", "referenceImageError");
        var without = regenerate(id(job), "{\"metadata\": {\"reference_image_url\": null}}")
                .ok();
        var heldWithout = worker.lease(id(without));
        assertThat(heldWithout.message().get("references")).isEmpty();
        worker.fail(heldWithout, "tested").ok();
    }

    private JsonNode batch() {
        return anna.post("/api/queue-job", """
                        {"jobType": "sdxl_image_fast", "projectId": "north",
                         "metadata": {"prompt": "a fox in snow", "negative_prompt": "rain", "num_images": 3, "seed": 40}}""").ok();
    }

    private JsonNode uploaded() {
        var head = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"fox.png\"\r\n\r\n";
        return anna.send(
                        "/api/upload-reference",
                        request -> request.header("Content-Type", "multipart/form-data; boundary=x")
                                .POST(BodyPublishers.concat(
                                        BodyPublishers.ofString(head),
                                        BodyPublishers.ofByteArray(TestWorker.png()),
                                        BodyPublishers.ofString("\r\n--x--\r\n"))))
                .ok();
    }

    private Answer regenerate(String job, String request) {
        return anna.post("/api/jobs/" + job + "/regenerate", request);
    }

    private Answer regenerate(String job, String key, String request) {
        return anna.post("/api/jobs/" + job + "/regenerate", request, key(key));
    }

    private static UnaryOperator<HttpRequest.Builder> key(String key) {
        return request -> request.header("Idempotency-Key", key);
    }

    private void assertFlag(String job, String request, String flag) {
        assertThat(regenerate(job, request).error(400).get(flag).asBoolean()).isTrue();
    }

    private static String id(JsonNode answer) {
        return answer.at("/job/id").asString();
    }

    /** What a worker is told to make; the job is then failed. */
    private Map<String, String> orderSeenByAWorker(String job) {
        var worker = platform.newWorker();
        var held = worker.lease(job);
        worker.fail(held, "tested").ok();
        var seen = new HashMap<String, String>();
        for (var field : List.of("prompt", "negative_prompt", "num_images", "seed")) {
            var value = held.message().path(field);
            if (!value.isMissingNode() && !value.isNull()) {
                seen.put(field, value.asString());
            }
        }
        return seen;
    }
}
