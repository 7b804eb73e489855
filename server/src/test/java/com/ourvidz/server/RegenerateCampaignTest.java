package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** To order a job once more is an order like any other: no rule is less strict. */
@ExtendWith(TestPlatform.Shared.class)
class RegenerateCampaignTest {

    private final TestPlatform platform;
    private final String name = TestPlatform.newName();
    private final Client user;

    RegenerateCampaignTest(TestPlatform platform) {
        this.platform = platform;
        this.user = platform.user(name);
    }

    @AfterEach
    void theLedgerAddsUp() {
        assertThat(platform.discrepancies()).isEmpty();
    }

    @Test
    void line72WhatIsChangedIsRefusedHoweverItIsSpelledAndWhereverItStands() {
        var job = user.ordered("a child on a playground");
        for (var changes : List.of(
                "{'metadata': {'prompt': 'ein nacktes Kind'}}",
                "{'metadata': {'prompt': 'a n u d e c h i l d'}}",
                "{'metadata': {'prompt': 'a nud3 ch1ld'}, 'index': 0}",
                "{'metadata': {'negative_prompt': 'nude'}}",
                "{'metadata': {'negative_prompt': 'nu\u200bde'}, 'random': true}",
                "{'jobType': 'sdxl_image_high', 'projectId': 'nude'}",
                "{'videoId': 'n-u-d-e'}",
                "{'imageId': 'nud3'}")) {
            var error = regenerate(user, job, changes).error(403);
            assertThat(error.get("code").asString()).isEqualTo("content_policy");
        }
        assertThat(user.get("/api/jobs").ok().get("jobs")).hasSize(1);
        assertThat(platform.balance(name)).isEqualTo(999);
    }

    @Test
    void line12AnothersReferenceIsLikeOneThatDoesNotExist() {
        var url = Uploads.picture(platform.newUser(), TestWorker.png())
                .ok()
                .get("url")
                .asString();
        var job = user.ordered("a fox in snow");
        var foreign = regenerate(user, job, "{'metadata': {'reference_image_url': '" + url + "'}}");
        assertThat(foreign.error(400).get("referenceImageError").asBoolean()).isTrue();
        var unknown = regenerate(user, job, "{'metadata': {'reference_image_url': '/references/none'}}");
        assertThat(foreign.text()).isEqualTo(unknown.text());
        assertThat(platform.balance(name)).isEqualTo(999);
    }

    @Test
    void line33AHostInsideIsRefusedInAChangeToo() {
        var job = user.ordered("a fox in snow");
        for (var host : List.of("127.0.0.1", "169.254.169.254", "2130706433", "[::1]")) {
            regenerate(user, job, "{'metadata': {'reference_image_url': 'http://" + host + "/fox.png'}}")
                    .error(400);
        }
    }

    @Test
    void line41Of50AtOnceWithCreditForOneOneIsAccepted() throws InterruptedException {
        var job = user.ordered("a fox in snow");
        assertThat(statuses(50, job, "{'metadata': {'credits': 999}}"))
                .containsOnly(200, 402)
                .containsOnlyOnce(200);
        assertThat(platform.balance(name)).isZero();
        assertThat(user.get("/api/jobs").ok().get("jobs")).hasSize(2);
    }

    @Test
    void line42TheSameKeyAndChanges20TimesAtOnceIsOneJobAndOneCharge() throws InterruptedException {
        var job = user.ordered("a fox in snow");
        assertThat(statuses(20, job, "{'random': true}")).containsOnly(200);
        assertThat(user.get("/api/jobs").ok().get("jobs")).hasSize(2);
        assertThat(platform.balance(name)).isEqualTo(998);
        user.post(
                        "/api/jobs/" + job + "/regenerate",
                        "{\"random\": false}",
                        request -> request.header("Idempotency-Key", name))
                .error(409);
    }

    @Test
    void whereConsentIsRequiredAChangeToCharacterNeedsItToo() throws IOException {
        try (var strict = new TestPlatform(Map.of("OURVIDZ_REQUIRE_CONSENT", "on"))) {
            var client = strict.user(name);
            var url = Uploads.picture(client, TestWorker.png()).ok().get("url").asString();
            var job = client.order(Map.of("prompt", "a fox", "reference_image_url", url, "reference_type", "style"))
                    .ok()
                    .at("/job/id")
                    .asString();
            var character = "{'metadata': {'reference_type': 'character'}}";

            var refused = regenerate(client, job, character).error(400);

            assertThat(refused.get("referenceImageError").asBoolean()).isTrue();
            assertThat(strict.balance(name)).isEqualTo(999);
            Uploads.picture(client, TestWorker.png(), "true").ok();
            regenerate(client, job, character).ok();
        }
    }

    /** All under one key where it says {@code random}, and each on its own otherwise. */
    private List<Integer> statuses(int times, String job, String changes) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads
                    .invokeAll(IntStream.range(0, times)
                            .<Callable<Integer>>mapToObj(
                                    each -> () -> once(job, changes, each).status())
                            .toList())
                    .stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }

    private Answer once(String job, String changes, int number) {
        var key = changes.contains("random") ? name : name + number;
        return user.post(
                "/api/jobs/" + job + "/regenerate",
                changes.replace('\'', '"'),
                request -> request.header("Idempotency-Key", key));
    }

    /** @param changes with apostrophes for quotation marks */
    private static Answer regenerate(Client client, String job, String changes) {
        return client.post("/api/jobs/" + job + "/regenerate", changes.replace('\'', '"'));
    }
}
