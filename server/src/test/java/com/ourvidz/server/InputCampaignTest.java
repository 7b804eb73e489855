package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@ExtendWith(TestPlatform.Shared.class)
class InputCampaignTest {

    private static final String GOOD = "{\"jobType\":\"sdxl_image_fast\",\"metadata\":{\"prompt\":\"a fox in snow\"}}";

    private final TestPlatform platform;
    private final Client user;

    InputCampaignTest(TestPlatform platform) {
        this.platform = platform;
        this.user = platform.newUser();
    }

    static Stream<String> malformed() {
        return Stream.of(
                "",
                "{",
                "null",
                "[]",
                "42",
                "\"text\"",
                GOOD + "x",
                GOOD + GOOD,
                GOOD.replace('"', '\''),
                GOOD.replace("fox", "\u0000"),
                GOOD.replace("fox", "\\u0000"),
                GOOD.replace("fox", "\\ud800"),
                GOOD.replace("\"metadata\"", "\"x\":NaN,\"metadata\""),
                GOOD.replace("\"metadata\"", "\"x\":1e999,\"metadata\""),
                GOOD.replace("\"metadata\"", "\"x\":" + "9".repeat(10_000) + ",\"metadata\""),
                GOOD.replace("\"metadata\"", "\"jobType\":\"sdxl_image_high\",\"metadata\""),
                GOOD.replace("\"prompt\"", "\"prompt\":\"a\",\"prompt\""),
                "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000),
                "{\"jobType\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}",
                "{\"jobType\":7}",
                "{\"jobType\":\"sdxl_image_fast\",\"metadata\":\"a fox\"}",
                "{\"jobType\":\"sdxl_image_fast\",\"metadata\":{\"prompt\":7}}",
                "{\"jobType\":\"sdxl_image_fast\",\"metadata\":{\"prompt\":[\"a fox\"]}}",
                "{\"jobType\":\"sdxl_image_fast\",\"metadata\":{\"prompt\":\"a fox\"},\"config\":[]}",
                "{\"jobType\":\"sdxl_image_fast\",\"metadata\":{\"prompt\":\"a fox\"},\"projectId\":\"../x\"}",
                "{\"jobType\":\"sdxl_image_fast\",\"metadata\":{\"prompt\":\"a fox\",\"credits\":\"1\"}}");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void line16MalformedJsonIs400(String body) {
        user.post("/api/queue-job", body).error(400);
        assertThat(user.get("/api/jobs").ok().get("jobs")).isEmpty();
    }

    @Test
    void line16BytesThatAreNoTextAre400() {
        var bytes = GOOD.replace("fox", "f\u00f8x").getBytes(StandardCharsets.ISO_8859_1);
        user.send(
                        "/api/queue-job",
                        request -> request.header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofByteArray(bytes)))
                .error(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/jobs?limit=0",
                "/api/jobs?limit=101",
                "/api/jobs?limit=x",
                "/api/jobs?cursor=x",
                "/api/jobs?cursor=",
                "/api/assets?cursor=AAAA",
                "/api/assets?limit=-1"
            })
    void line16BadParametersAre400(String path) {
        user.get(path).error(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded", "image/png", "nonsense"})
    void line17AWrongContentTypeIs415(String type) {
        user.send(
                        "/api/queue-job",
                        request -> request.header("Content-Type", type).POST(BodyPublishers.ofString(GOOD)))
                .error(415);
    }

    @Test
    void line17NoContentTypeIs415() {
        user.send("/api/queue-job", request -> request.POST(BodyPublishers.ofString(GOOD)))
                .error(415);
    }

    @Test
    void line18ABodyOverTheCapIs413() {
        var padding =
                GOOD.replace("\"metadata\"", "\"x\":\"" + "a".repeat(65_536 - GOOD.length() - 7) + "\",\"metadata\"");
        assertThat(padding.length()).isEqualTo(65_536);
        user.post("/api/queue-job", padding).ok();
        user.post("/api/queue-job", padding + " ").error(413);
        user.post("/api/queue-job", padding.replace("fox", "f\u00f8x")).error(413);
    }

    @Test
    void line18ABodyWithoutADeclaredLengthIsCutAtTheCap() {
        var body = "[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);
        user.send(
                        "/api/queue-job",
                        request -> request.header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))))
                .error(413);
    }

    @Test
    void line18ADeclaredLengthOverTheCapIs413BeforeAnyOfItIsSent() throws IOException {
        for (var path : List.of("/api/queue-job", "/api/session", "/worker/lease", "/api/job-callback")) {
            assertThat(statusOfUnfinished(path, "Content-Length: 99999999999\r\n\r\n"))
                    .startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void line18ABodyInChunksIs413AtTheCapThoughItsEndIsNotInSight() throws IOException {
        var chunk = "8000\r\n" + "[".repeat(0x8000) + "\r\n";
        assertThat(statusOfUnfinished("/api/queue-job", "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(3)))
                .startsWith("HTTP/1.1 413 ");
    }

    @Test
    void line20AnUnknownJobTypeIs400WithTheValidOnes() {
        var error = user.post("/api/queue-job", "{\"jobType\":\"sdxl\",\"metadata\":{\"prompt\":\"a fox\"}}")
                .error(400);
        assertThat(error.get("validJobTypes")).hasSize(10);
        assertThat(error.at("/validJobTypes/0").asString()).isEqualTo("sdxl_image_fast");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2", "4", "7", "-1", "1.5", "\"3\"", "true", "1e10"})
    void line20AQuantityOtherThan1Or3Or6Is400(String quantity) {
        assertThat(orderWith("num_images", quantity)
                        .error(400)
                        .get("invalidQuantity")
                        .asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "\"x\"", "\"7\"", "-1", "1152921504606846976", "9007199254740986", "[]"})
    void line20ASeedThatIsNoIntegerInRangeIs400(String seed) {
        assertThat(orderWith("seed", seed).error(400).get("invalidSeed").asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "-0.1", "\"0.5\"", "\"NaN\""})
    void line20AStrengthOutsideItsRangeIs400(String strength) {
        assertThat(orderWith("reference_strength", strength)
                        .error(400)
                        .get("referenceImageError")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void line20AStrengthOfNaNIs400() {
        orderWith("reference_strength", "NaN").error(400);
    }

    @Test
    void line21LineBreaksAndTerminalCodesInAPromptGiveOneEscapedLogRecord() {
        var log = (Logger) LoggerFactory.getLogger("com.ourvidz.jobs");
        var err = System.err;
        var captured = new ByteArrayOutputStream();
        log.setLevel(Level.DEBUG);
        System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
        try {
            user.order("a fox\r\n2026-01-01T00:00:00.000Z INFO  forged\u001b[31m record")
                    .ok();
        } finally {
            System.setErr(err);
            log.setLevel(null);
        }
        assertThat(captured.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains("forged")))
                .singleElement()
                .asString()
                .contains("a fox\\r\\n2026", "\\u001b[31m record")
                .doesNotContain("\u001b");
    }

    @Test
    void line22MarkupInAPromptIsDataAndNothingElse() {
        var prompt = "<script>alert(1)</script> & \"quotes\"";
        var answer = user.get("/api/jobs/" + user.ordered(prompt));
        assertThat(answer.ok().at("/metadata/prompt").asString()).isEqualTo(prompt);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
        var page = user.get("/");
        assertThat(page.header("Content-Security-Policy"))
                .contains("script-src 'self'")
                .doesNotContain("unsafe-inline", "unsafe-eval");
    }

    @Test
    void line22MarkupIsNoneInFileNamesEventsAndListsEither() {
        var prompt = "<script>alert(1)</script>\"; filename=\"fox.html";
        var job = user.ordered(prompt);
        platform.newWorker().does(job);
        var link = URI.create(user.job(job).at("/assets/0").asString());
        for (var more : List.of("", "&download=1")) {
            var file = platform.stranger().get(link.getRawPath() + "?" + link.getRawQuery() + more);
            assertThat(file.header("Content-Type")).isEqualTo("image/png");
            assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(file.header("Content-Disposition")).doesNotContain("<", ">", "fox.html\"");
        }
        var events = user.get("/api/jobs/" + job + "/events");
        assertThat(events.header("Content-Type")).startsWith("text/event-stream");
        assertThat(events.header("X-Content-Type-Options")).isEqualTo("nosniff");
        var assets = user.get("/api/assets");
        assertThat(assets.ok().at("/assets/0/prompt").asString()).isEqualTo(prompt);
        assertThat(assets.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void line23FieldsThatAreTheServersAreIgnored() {
        var name = TestPlatform.newName();
        var client = platform.user(name);
        var job = client.post("/api/queue-job", """
                        {"jobType": "sdxl_image_fast", "user_id": "somebody", "status": "completed", "price": 0, "id": "1",
                         "metadata": {"prompt": "a fox in snow", "user_id": "somebody", "status": "completed", "price": 0,
                                      "credits": 0, "cancelled": true}}""").ok().get("job");
        assertThat(job.get("user_id").asString()).isEqualTo(name);
        assertThat(job.get("status").asString()).isEqualTo("queued");
        assertThat(job.get("metadata").propertyNames())
                .containsExactlyInAnyOrder("prompt", "credits", "seed", "num_images");
        assertThat(platform.balance(name)).isEqualTo(999);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/files/../../jwt.secret", "/files/%2e%2e%2fjwt.secret", "/files/..%5cjwt.secret", "/files//etc/passwd",
                "/../jwt.secret", "/%2e%2e/jwt.secret", "/files/..;/jwt.secret", "/assets/studio/../../jwt.secret"
            })
    void line24PathsThatClimbLeadNowhere(String path) throws IOException {
        var answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).containsPattern("^HTTP/1.1 40[0134] ").contains("\"success\":false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../0", "-1", "1", "x", "%2e%2e", "0.png"})
    void line24AnUploadHasNoSayInWhereItIsKept(String index) {
        var job = user.ordered("a fox in snow");
        var worker = platform.newWorker();
        var held = worker.lease(job);
        assertThat(worker.upload(held, index, TestWorker.png()).status()).isBetween(400, 405);
        worker.fail(held, "tested").ok();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4_000})
    void line27PromptsUpTo4000CharactersAreAccepted(int length) {
        user.order("\u00f8".repeat(length)).ok();
        user.order("\ud83e\udd8a".repeat(length)).ok();
    }

    @Test
    void line27PromptsThatAreTooLongBlankOrBrokenAre400() {
        user.order("a".repeat(4_001)).error(400);
        user.order("").error(400);
        user.order(" \t\n ").error(400);
        user.post("/api/queue-job", GOOD.replace("fox", "\\udc00 \\ud800")).error(400);
        user.post("/api/queue-job", "{\"jobType\":\"sdxl_image_fast\"}").error(400);
    }

    @Test
    void sexualContentWithMinorsIs403WithoutJobOrCharge() {
        var name = TestPlatform.newName();
        var client = platform.user(name);
        client.ordered("a child on a playground");
        var error = client.order("a nude child").error(403);
        assertThat(error.get("code").asString()).isEqualTo("content_policy");
        client.order(Map.of("prompt", "a child", "negative_prompt", "nude")).error(403);
        assertThat(client.get("/api/jobs").ok().get("jobs")).hasSize(1);
        assertThat(platform.balance(name)).isEqualTo(999);
    }

    @Test
    void aQueueThatNobodyServesIs503() {
        var answer = user.post("/api/queue-job", GOOD.replace("sdxl_image_fast", "video_fast"));
        assertThat(answer.error(503).get("retryable").asBoolean()).isTrue();
        assertThat(answer.header("Retry-After")).isNotEmpty();
    }

    @Test
    void everyErrorHasTheDocumentedFormat() throws IOException {
        user.get("/no/such/route").error(404);
        user.get("/api/queue-job").error(405);
        user.call("GET", "/api/jobs", request -> request.header("Accept", "text/csv"))
                .error(406);
        user.call("BREW", "/api/jobs", request -> request).error(400);
        user.get("/api/jobs/%2e%2e").error(400);
        for (var broken : List.of(
                "NONSENSE\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET /a|b HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n")) {
            assertThat(raw(broken)).startsWith("HTTP/1.1 400 ").contains("\"success\":false");
        }
    }

    @Test
    void theApiDescribesItself() {
        var api = platform.stranger().get("/openapi.json").ok();
        assertThat(api.get("paths").propertyNames())
                .contains("/api/queue-job", "/api/jobs/{id}", "/api/job-callback", "/worker/lease");
        assertThat(api.at("/components/schemas/JobView/properties").propertyNames())
                .contains("user_id", "job_type", "created_at", "error_message");
        assertThat(api.at("/components/schemas/Callback/properties").propertyNames())
                .contains("job_id", "error_message", "lease_token");
        assertThat(api.at("/components/schemas/Error/properties").propertyNames())
                .contains("success", "invalidSeed");
        assertThat(api.at("/components/securitySchemes").propertyNames()).contains("user", "worker");
    }

    private Answer orderWith(String field, String json) {
        return user.post("/api/queue-job", GOOD.replace("\"prompt\"", "\"" + field + "\":" + json + ",\"prompt\""));
    }

    /** How the server answers a request whose body does not end. */
    private String statusOfUnfinished(String path, String rest) throws IOException {
        var url = platform.platform().url();
        var token = path.startsWith("/worker") || path.endsWith("callback")
                ? platform.workerKey()
                : platform.platform().token("unfinished");
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(10_000);
            var head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                    + "\r\nContent-Type: application/json\r\n";
            socket.getOutputStream().write((head + rest).getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(13), StandardCharsets.US_ASCII);
        }
    }

    /** Sends bytes that no client library would. */
    private String raw(String request) throws IOException {
        var url = platform.platform().url();
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
