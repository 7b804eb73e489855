package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.asset.SignedLinks;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestPlatform.Shared.class)
class OwnershipCampaignTest {

    private final TestPlatform platform;
    private final Client anna;
    private final Client bert;

    OwnershipCampaignTest(TestPlatform platform) {
        this.platform = platform;
        this.anna = platform.newUser();
        this.bert = platform.newUser();
    }

    @Test
    void line11AnothersJobIs404AndUnharmed() {
        var job = anna.ordered("a red lighthouse");
        bert.get("/api/jobs/" + job).error(404);
        bert.delete("/api/jobs/" + job).error(404);
        assertThat(bert.get("/api/jobs").ok().get("jobs")).isEmpty();
        assertThat(anna.job(job).get("status").asString()).isEqualTo("queued");
    }

    @Test
    void line11AnothersAssetIs404AndUnharmed() {
        var asset = completedAsset("a red lighthouse");
        bert.delete("/api/assets/" + asset).error(404);
        assertThat(bert.get("/api/assets").ok().get("assets")).isEmpty();
        assertThat(anna.get("/api/assets").ok().get("assets")).hasSize(1);
    }

    @Test
    void line13ASignedUrlOpensItsAssetForAnyone() {
        var url = completedUrl();
        var answer = platform.stranger().get(url);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bytes()).isEqualTo(TestWorker.png());
        assertThat(answer.header("Content-Type")).isEqualTo("image/png");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Cache-Control")).contains("private").doesNotContain("no-store");
        assertThat(answer.header("Content-Disposition"))
                .matches(
                        "inline; filename=\"a-red-lighthouse-\\d+\\.png\"; filename\\*=UTF-8''a-red-lighthouse-\\d+\\.png");
    }

    @Test
    void line13ASignedUrlServesHeadRangesAndUnchangedFiles() {
        var url = completedUrl();
        var head = platform.stranger().call("HEAD", url, request -> request);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(TestWorker.png().length));
        var part = platform.stranger().call("GET", url, request -> request.header("Range", "bytes=1-3"));
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.bytes()).isEqualTo(Arrays.copyOfRange(TestWorker.png(), 1, 4));
        var beyond = platform.stranger().call("GET", url, request -> request.header("Range", "bytes=99999-"));
        beyond.error(416);
        assertThat(beyond.header("Content-Range")).isEqualTo("bytes */" + TestWorker.png().length);
        var unchanged =
                platform.stranger().call("GET", url, request -> request.header("If-None-Match", head.header("ETag")));
        assertThat(unchanged.status()).isEqualTo(304);
    }

    @Test
    void line13ASignedUrlThatIsExpiredAlteredOrUsedOtherwiseIs403() throws IOException {
        var asset = completedAsset("a fox in snow");
        var other = completedAsset("a street market");
        var good = proof(asset, secret(), Instant.now());
        assertThat(platform.stranger().get(url(asset, good)).status()).isEqualTo(200);

        refused(url(asset, proof(asset, secret(), Instant.now().minus(Duration.ofDays(3)))));
        refused(url(asset, new SignedLinks.Proof(good.expires() + 3600, good.signature())));
        refused(url(
                asset,
                new SignedLinks.Proof(good.expires(), "A" + good.signature().substring(1) + "A")));
        refused(url(other, good));
        refused(url(asset, proof(asset, "an attacker's own key of 32 bytes", Instant.now())));
        refused("/files/" + asset);
        refused("/files/" + asset + "?expires=soon&signature=x");
        for (var method : new String[] {"POST", "PUT", "DELETE", "PATCH"}) {
            platform.stranger()
                    .call(method, url(asset, good), request -> request)
                    .error(403);
        }
    }

    @Test
    void line13ADeletedAssetIsGoneThoughItsUrlIsGood() {
        var url = completedUrl();
        var asset = anna.get("/api/assets").ok().at("/assets/0/id").asString();
        anna.delete("/api/assets/" + asset).ok();
        platform.stranger().get(url).error(404);
        anna.delete("/api/assets/" + asset).error(404);
    }

    @Test
    void line14QueueViewsShowNobodysPrompts() {
        anna.ordered("an unmistakable marmalade lighthouse");
        assertThat(bert.get("/api/queue-status").text()).doesNotContain("marmalade");
        assertThat(bert.get("/api/jobs").text()).doesNotContain("marmalade");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "00000000-0000-0000-0000-000000000001", "-", "a'--", "x.json"})
    void line15GuessedIdsAre404AllAlike(String id) {
        var foreign = bert.get("/api/jobs/" + anna.ordered("a red lighthouse")).text();
        assertThat(bert.get("/api/jobs/" + id).error(404).toString()).isEqualTo(foreign);
        assertThat(bert.delete("/api/jobs/" + id).error(404).toString()).isEqualTo(foreign);
        assertThat(bert.delete("/api/assets/" + id).error(404).toString()).isEqualTo(foreign);
    }

    @Test
    void aListPagesFromNewestToOldest() {
        var first = anna.ordered("first");
        var second = anna.ordered("second");
        var page = anna.get("/api/jobs?limit=1").ok();
        assertThat(page.at("/jobs/0/id").asString()).isEqualTo(second);
        var next = anna.get(
                        "/api/jobs?limit=1&cursor=" + page.get("next_cursor").asString())
                .ok();
        assertThat(next.at("/jobs/0/id").asString()).isEqualTo(first);
        assertThat(next.has("next_cursor")).isFalse();
    }

    private void refused(String url) {
        platform.stranger().get(url).error(403);
    }

    private String completedAsset(String prompt) {
        return platform.newWorker().does(anna.ordered(prompt));
    }

    /** The only asset of a new job of Anna's, as the job shows it. */
    private String completedUrl() {
        var job = anna.ordered("a red lighthouse");
        platform.newWorker().does(job);
        var url = URI.create(anna.job(job).at("/assets/0").asString());
        assertThat(url).hasScheme("http").hasAuthority(platform.platform().url().getAuthority());
        return url.getRawPath() + "?" + url.getRawQuery();
    }

    private static String url(String asset, SignedLinks.Proof proof) {
        return "/files/" + asset + "?expires=" + proof.expires() + "&signature=" + proof.signature();
    }

    private static SignedLinks.Proof proof(String asset, String secret, Instant now) {
        var links =
                new SignedLinks(secret.getBytes(StandardCharsets.UTF_8), Duration.ofHours(1), InstantSource.fixed(now));
        return links.sign(UUID.fromString(asset));
    }

    private String secret() throws IOException {
        return Files.readString(platform.data().resolve("links.secret")).strip();
    }
}
