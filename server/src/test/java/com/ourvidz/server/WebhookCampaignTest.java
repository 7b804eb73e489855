package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.adapters.sql.Database;
import com.ourvidz.adapters.sql.SqlJobStore;
import com.ourvidz.adapters.sql.SteadyClock;
import com.ourvidz.core.Fence;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Users' endpoints on this machine, for which the operator of this platform vouches. */
class WebhookCampaignTest {

    private static final Map<String, String> VOUCHED = Map.of("OURVIDZ_WEBHOOK_HOSTS", "127.0.0.1");

    private static TestPlatform platform;
    private static HookReceiver receiver;

    private final String path = "/" + UUID.randomUUID();
    private Client anna;
    private Client bert;

    @BeforeAll
    static void start() {
        platform = new TestPlatform(VOUCHED);
        receiver = new HookReceiver();
    }

    @BeforeEach
    void meet() {
        anna = platform.newUser();
        bert = platform.newUser();
    }

    @AfterAll
    static void stop() throws IOException {
        platform.close();
        receiver.close();
    }

    @Test
    void line68AnEventIsSignedSoThatTheReceiversLibraryTakesItForGenuine() {
        var secret = register(anna).get("secret").asString();
        platform.newWorker().does(anna.ordered("a red lighthouse"));

        var message = receiver.next(path);

        assertThat(secret).startsWith("whsec_");
        assertThat(message.genuine(secret)).isTrue();
        assertThat(message.genuine(secret, message.body() + " ")).isFalse();
        assertThat(message.genuine(secret(platform.newUser()))).isFalse();
    }

    @Test
    void aCompletedJobIsToldAsItsCallbackAndItsAssetsOpen() {
        var webhook = webhook(anna);
        var job = anna.ordered("a fox in snow");
        var begun = Instant.now();
        platform.newWorker().does(job);

        var event = receiver.next(path).json();

        assertThat(event.get("type").asString()).isEqualTo("job.completed");
        assertThat(Instant.parse(event.get("timestamp").asString())).isAfter(begun.minusSeconds(5));
        assertThat(event.at("/data/job_id").asString()).isEqualTo(job);
        assertThat(event.at("/data/status").asString()).isEqualTo("completed");
        assertThat(event.at("/data").has("error_message")).isFalse();
        assertThat(event.at("/data/metadata")).isEqualTo(anna.job(job).get("metadata"));
        var asset = URI.create(event.at("/data/assets/0").asString());
        assertThat(asset.toString()).startsWith(platform.platform().url().toString());
        assertThat(platform.stranger()
                        .get(asset.getPath() + "?" + asset.getQuery())
                        .bytes())
                .isEqualTo(TestWorker.png());
        var delivery = delivery(anna, webhook, "delivered");
        assertThat(delivery.get("job_id").asString()).isEqualTo(job);
        assertThat(delivery.get("attempts").asInt()).isEqualTo(1);
        assertThat(delivery.get("last_status").asInt()).isEqualTo(200);
        assertThat(delivery.get("last_answer").asString()).isEqualTo("thanks");
        assertThat(delivery.has("next_try_at")).isFalse();
        assertThat(receiver.more(path)).isEmpty();
    }

    @Test
    void aFailedJobAndACancelledOneAreToldAsFailed() {
        webhook(anna);
        var worker = platform.newWorker();
        worker.fail(worker.lease(anna.ordered("a street market")), "The model gave up.")
                .ok();
        var failed = receiver.next(path).json();
        anna.delete("/api/jobs/" + anna.ordered("a street market")).ok();
        var cancelled = receiver.next(path).json();

        assertThat(failed.get("type").asString()).isEqualTo("job.failed");
        assertThat(failed.at("/data/status").asString()).isEqualTo("failed");
        assertThat(failed.at("/data/error_message").asString()).isEqualTo("The model gave up.");
        assertThat(failed.at("/data/assets")).isEmpty();
        assertThat(failed.at("/data/metadata").has("cancelled")).isFalse();
        assertThat(cancelled.get("type").asString()).isEqualTo("job.failed");
        assertThat(cancelled.at("/data/metadata/cancelled").asBoolean()).isTrue();
    }

    @Test
    void line68ForADayAfterRotationBothSecretsHold() {
        var registered = register(anna);
        var old = registered.get("secret").asString();
        var rotated = anna.post(url(id(registered)) + "/rotate", "").ok();
        var fresh = rotated.get("secret").asString();

        anna.post(url(id(registered)) + "/test", "").ok();
        var message = receiver.next(path);

        assertThat(fresh).startsWith("whsec_").isNotEqualTo(old);
        assertThat(message.genuine(old)).isTrue();
        assertThat(message.genuine(fresh)).isTrue();
        assertThat(message.headers().getFirst("webhook-signature").split(" ")).hasSize(2);
        assertThat(Instant.parse(rotated.at("/webhook/old_secret_until").asString()))
                .isBetween(
                        Instant.now().plus(Duration.ofHours(23)), Instant.now().plus(Duration.ofHours(24)));
    }

    @Test
    void aTestSaysWhatCameOfIt() {
        var webhook = webhook(anna);

        var taken = anna.post(url(webhook) + "/test", "").ok();
        assertThat(taken.get("success").asBoolean()).isTrue();
        assertThat(taken.get("status").asInt()).isEqualTo(200);
        assertThat(taken.get("answer").asString()).isEqualTo("thanks");
        assertThat(receiver.next(path).json().get("type").asString()).isEqualTo("webhook.test");

        receiver.reply(path, 503, Map.of());
        var refused = anna.post(url(webhook) + "/test", "").ok();
        assertThat(refused.get("success").asBoolean()).isFalse();
        assertThat(refused.get("status").asInt()).isEqualTo(503);
    }

    @Test
    void line69ARedirectIsNotFollowed() {
        receiver.reply(path, 302, Map.of("Location", receiver.url(path + "/elsewhere")));
        var webhook = webhook(anna);

        var test = anna.post(url(webhook) + "/test", "").ok();

        assertThat(test.get("success").asBoolean()).isFalse();
        assertThat(test.get("status").asInt()).isEqualTo(302);
        assertThat(receiver.more(path + "/elsewhere")).isEmpty();
    }

    @Test
    void line69AnEndpointThatSaysThatItIsGoneIsSwitchedOff() {
        receiver.reply(path, 410, Map.of());
        var webhook = webhook(anna);
        cancelOne(anna);

        delivery(anna, webhook, "dead");

        assertThat(anna.get("/api/webhooks").ok().at("/webhooks/0/enabled").asBoolean())
                .isFalse();
    }

    @Test
    void line69AnEndpointThatIsTooBusyIsLeftInPeaceForAsLongAsItAsks() {
        receiver.reply(path, 429, Map.of("Retry-After", "7200"));
        var webhook = webhook(anna);
        cancelOne(anna);
        receiver.next(path);

        var delivery = delivery(anna, webhook, each -> each.path("last_status").asInt() == 429);

        assertThat(Instant.parse(delivery.get("next_try_at").asString()))
                .isAfter(Instant.now().plus(Duration.ofMinutes(110)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/hook", "https://127.0.0.2/hook", "https://localhost/hook", "https://10.0.0.1/",
                "https://[::1]/", "https://169.254.169.254/latest", "https://2130706434/", "ftp://example.com/",
                "https://user@example.com/", "no url", ""
            })
    void line70AnInternalAddressOrNoHttpsUrlIsRefusedAtRegistration(String url) {
        anna.post("/api/webhooks", json(Map.of("url", url))).error(400);
        assertThat(anna.get("/api/webhooks").ok().get("webhooks")).isEmpty();
    }

    @Test
    void line70AnAddressThatIsInternalByNowIsRefusedWhenItIsSent() throws IOException {
        var name = TestPlatform.newName();
        try (var before = new TestPlatform(VOUCHED)) {
            var user = before.user(name);
            var webhook = webhook(user);
            before.platform().close();
            try (var after = Platform.start(before.settings(Map.of()))) {
                var later = new Client(after.url(), Optional.of(after.token(name)));
                cancelOne(later);

                var delivery = delivery(later, webhook, each -> each.has("last_answer"));
                assertThat(delivery.get("state").asString()).isEqualTo("pending");
                assertThat(delivery.get("last_answer").asString()).startsWith("Not sent");
                assertThat(later.post(url(webhook) + "/test", "")
                                .ok()
                                .get("success")
                                .asBoolean())
                        .isFalse();
            }
        }
        assertThat(receiver.more(path)).isEmpty();
    }

    @Test
    void line71TheJobDoesNotCareAboutAReceiverThatIsDownAndARetryDelivers() {
        receiver.reply(path, 500, Map.of());
        var webhook = webhook(anna);
        var job = anna.ordered("a red lighthouse");
        platform.newWorker().does(job);

        var waiting = delivery(anna, webhook, each -> each.path("last_status").asInt() == 500);
        assertThat(waiting.get("state").asString()).isEqualTo("pending");
        assertThat(waiting.has("next_try_at")).isTrue();
        assertThat(anna.job(job).get("status").asString()).isEqualTo("completed");

        receiver.reply(path, 200, Map.of());
        anna.post(url(webhook) + "/deliveries/" + waiting.get("id").asString() + "/retry", "")
                .ok();

        assertThat(delivery(anna, webhook, "delivered").get("attempts").asInt()).isGreaterThan(1);
        assertThat(receiver.next(path).headers().getFirst("webhook-id"))
                .isEqualTo(receiver.next(path).headers().getFirst("webhook-id"))
                .isEqualTo(waiting.get("id").asString());
    }

    @Test
    void anEndpointThatHangsHoldsUpOnlyItself() {
        var hanging = webhook(anna);
        var release = receiver.hold(path);
        var other = path + "/other";
        bert.post("/api/webhooks", json(Map.of("url", receiver.url(other)))).ok();
        cancelOne(anna);
        receiver.next(path);

        var job = cancelOne(bert);

        assertThat(receiver.next(other).json().at("/data/job_id").asString()).isEqualTo(job);
        var waiting = deliveries(anna, hanging).path(0);
        assertThat(waiting.get("attempts").asInt()).isEqualTo(1);
        assertThat(waiting.has("last_try_at")).isFalse();
        release.countDown();
        delivery(anna, hanging, "delivered");
    }

    @Test
    void whatWasCommittedWhenTheServerDiedIsSentAfterTheNextStart() throws IOException {
        var name = TestPlatform.newName();
        try (var before = new TestPlatform(VOUCHED)) {
            var user = before.user(name);
            webhook(user);
            var job = user.ordered("a fox in snow");
            var held = before.newWorker().lease(job);
            before.platform().close();
            endWithoutAServer(before, held);
            assertThat(receiver.more(path)).isEmpty();

            try (var after = Platform.start(before.settings(VOUCHED))) {
                var event = receiver.next(path).json();
                assertThat(event.get("type").asString()).isEqualTo("job.failed");
                assertThat(event.at("/data/job_id").asString()).isEqualTo(job);
                assertThat(after.url()).isNotNull();
            }
        }
    }

    @Test
    void anEndpointThatIsSwitchedOffHearsNothingUntilItIsOnAgain() {
        var webhook = webhook(anna);
        assertThat(patch(webhook, "{\"enabled\": false}")
                        .ok()
                        .at("/webhook/enabled")
                        .asBoolean())
                .isFalse();
        cancelOne(anna);
        patch(webhook, "{\"enabled\": true}").ok();
        var second = cancelOne(anna);

        assertThat(receiver.next(path).json().at("/data/job_id").asString()).isEqualTo(second);
        assertThat(deliveries(anna, webhook)).hasSize(1);
    }

    @Test
    void aSecretIsShownOnceAndADeletedWebhookIsGone() {
        var registered = anna.post("/api/webhooks", json(Map.of("url", receiver.url(path), "description", "studio")))
                .ok();
        var list = anna.get("/api/webhooks").ok();

        assertThat(list.toString()).doesNotContain("whsec_");
        assertThat(list.at("/webhooks/0")).isEqualTo(registered.get("webhook"));
        assertThat(list.at("/webhooks/0/description").asString()).isEqualTo("studio");
        anna.delete(url(id(registered))).ok();
        anna.delete(url(id(registered))).error(404);
        assertThat(anna.get("/api/webhooks").ok().get("webhooks")).isEmpty();
    }

    @Test
    void aWebhookOfSomebodyElseIsNotFound() {
        var webhook = webhook(anna);
        cancelOne(anna);
        var delivery = delivery(anna, webhook, "delivered").get("id").asString();

        for (var id : List.of(webhook, UUID.randomUUID().toString(), "none")) {
            bert.get(url(id) + "/deliveries").error(404);
            bert.post(url(id) + "/test", "").error(404);
            bert.post(url(id) + "/rotate", "").error(404);
            bert.post(url(id) + "/deliveries/" + delivery + "/retry", "").error(404);
            bert.delete(url(id)).error(404);
            bert.send(
                            url(id),
                            request -> request.header("Content-Type", "application/json")
                                    .method("PATCH", BodyPublishers.ofString("{\"enabled\": false}")))
                    .error(404);
        }
        anna.post(url(webhook) + "/deliveries/" + UUID.randomUUID() + "/retry", "")
                .error(404);
        platform.stranger().get("/api/webhooks").error(401);
        assertThat(anna.get("/api/webhooks").ok().at("/webhooks/0/enabled").asBoolean())
                .isTrue();
    }

    @Test
    void aUserHasTenWebhooksAtMost() {
        for (var count = 0; count < 10; count++) {
            webhook(anna);
        }
        anna.post("/api/webhooks", json(Map.of("url", receiver.url(path)))).error(409);
        webhook(bert);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "",
                "{\"url\": null}",
                "{\"url\": {}}",
                "{\"url\": \"https://a\\u0000b.example/\"}",
                "{\"url\": \"https://example.com/\", \"description\": \"\\u0000\"}"
            })
    void aRegistrationThatMakesNoSenseIs400(String body) {
        anna.post("/api/webhooks", body).error(400);
    }

    @Test
    void aDescriptionIsShortAndAChangeSaysWhat() {
        anna.post("/api/webhooks", json(Map.of("url", receiver.url(path), "description", "x".repeat(201))))
                .error(400);
        var webhook = webhook(anna);
        patch(webhook, "{}").error(400);
        patch(webhook, "{\"enabled\": \"perhaps\"}").error(400);
    }

    @Test
    void theLogHasPages() {
        var webhook = webhook(anna);
        var first = cancelOne(anna);
        var second = cancelOne(anna);

        var page = anna.get(url(webhook) + "/deliveries?limit=1").ok();
        var next = anna.get(url(webhook) + "/deliveries?limit=1&cursor="
                        + page.get("next_cursor").asString())
                .ok();

        assertThat(page.at("/deliveries/0/job_id").asString()).isEqualTo(second);
        assertThat(next.at("/deliveries/0/job_id").asString()).isEqualTo(first);
        assertThat(next.has("next_cursor")).isFalse();
    }

    @Test
    void theApiDescribesWebhooksAndMetricsCountThem() {
        assertThat(platform.stranger().get("/openapi.json").ok().get("paths").propertyNames())
                .contains(
                        "/api/webhooks",
                        "/api/webhooks/{id}",
                        "/api/webhooks/{id}/rotate",
                        "/api/webhooks/{id}/test",
                        "/api/webhooks/{id}/deliveries",
                        "/api/webhooks/{id}/deliveries/{delivery}/retry");
        assertThat(platform.withToken(platform.workerKey())
                        .get("/actuator/prometheus")
                        .text())
                .contains(
                        "ourvidz_webhooks_total{outcome=\"delivered\"}",
                        "ourvidz_webhooks_total{outcome=\"failed\"}",
                        "ourvidz_webhooks_total{outcome=\"dead\"}");
    }

    private JsonNode register(Client user) {
        return user.post("/api/webhooks", json(Map.of("url", receiver.url(path))))
                .ok();
    }

    /** The id of a new webhook to this test's path. */
    private String webhook(Client user) {
        return id(register(user));
    }

    private String secret(Client user) {
        return register(user).get("secret").asString();
    }

    private static String id(JsonNode registered) {
        return registered.at("/webhook/id").asString();
    }

    private static String url(String webhook) {
        return "/api/webhooks/" + webhook;
    }

    private Answer patch(String webhook, String body) {
        return anna.send(
                url(webhook),
                request -> request.header("Content-Type", "application/json")
                        .method("PATCH", BodyPublishers.ofString(body)));
    }

    /** The quickest way to end a job; its id. */
    private static String cancelOne(Client user) {
        var job = user.ordered("a street market");
        user.delete("/api/jobs/" + job).ok();
        return job;
    }

    private static JsonNode deliveries(Client user, String webhook) {
        return user.get(url(webhook) + "/deliveries").ok().get("deliveries");
    }

    private static JsonNode delivery(Client user, String webhook, String state) {
        return delivery(user, webhook, each -> each.get("state").asString().equals(state));
    }

    /** The newest delivery, as soon as it is like that. */
    private static JsonNode delivery(Client user, String webhook, Predicate<JsonNode> like) {
        var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            var newest = deliveries(user, webhook).path(0);
            if (newest.isObject() && like.test(newest)) {
                return newest;
            }
            assertThat(System.nanoTime()).as("still %s", newest).isLessThan(deadline);
        }
    }

    /** What a server does that dies when it has committed: the job has ended, and nobody was told. */
    private static void endWithoutAServer(TestPlatform platform, TestWorker.Held held) throws IOException {
        try (var database = Database.sqlite(platform.data().resolve("ourvidz.db"))) {
            var settings = new SqlJobStore.Settings(Duration.ofMinutes(1), Duration.ofMinutes(15), 3, 0);
            var store = new SqlJobStore(
                    database, InstantSource.system(), new SteadyClock(InstantSource.system()), settings);
            var fence = new Fence(UUID.fromString(held.job()), held.attempt(), held.lease());
            assertThat(store.fail(fence, "over", Map.of())).isTrue();
        }
    }

    private static String json(Map<String, String> body) {
        return Client.JSON.writeValueAsString(body);
    }
}
