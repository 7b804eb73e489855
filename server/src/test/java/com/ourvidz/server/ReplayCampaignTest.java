package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A request that is sent again under its key, after what it names is gone. */
@ExtendWith(TestPlatform.Shared.class)
class ReplayCampaignTest {

    private final TestPlatform platform;
    private final String name = TestPlatform.newName();
    private final Client user;

    ReplayCampaignTest(TestPlatform platform) {
        this.platform = platform;
        this.user = platform.user(name);
    }

    @Test
    void line42AnOrderIsAnsweredAgainThoughItsReferenceWasDeleted() {
        var uploaded = Uploads.picture(user, TestWorker.png()).ok();
        var metadata = Map.<String, Object>of(
                "prompt",
                "a fox in snow",
                "reference_image_url",
                uploaded.get("url").asString());
        var first = order(metadata, "one").ok();
        delete(uploaded.at("/reference_image/id").asString());

        var again = order(metadata, "one").ok();

        assertThat(again.at("/job/id")).isEqualTo(first.at("/job/id"));
        assertThat(platform.balance(name)).isEqualTo(999);
        assertThat(user.get("/api/jobs").ok().get("jobs")).hasSize(1);
        order(metadata, "another").error(400);
        order(Map.of("prompt", "a fox in rain"), "one").error(409);
    }

    @Test
    void line42SoIsAJobThatWasOrderedOnceMore() {
        var job = user.ordered("a fox in snow");
        var uploaded = Uploads.picture(user, TestWorker.png()).ok();
        var changes = Client.JSON.writeValueAsString(Map.of(
                "metadata", Map.of("reference_image_url", uploaded.get("url").asString())));
        var first = regenerate(job, changes).ok();
        delete(uploaded.at("/reference_image/id").asString());

        assertThat(regenerate(job, changes).ok().at("/job/id")).isEqualTo(first.at("/job/id"));
        assertThat(platform.balance(name)).isEqualTo(998);
        user.post("/api/jobs/" + job + "/regenerate", changes).error(400);
        regenerate(job, "{}").error(409);
    }

    private Answer order(Map<String, Object> metadata, String key) {
        return user.post(
                "/api/queue-job", Client.orderBody(metadata), request -> request.header("Idempotency-Key", key));
    }

    private Answer regenerate(String job, String changes) {
        return user.post(
                "/api/jobs/" + job + "/regenerate", changes, request -> request.header("Idempotency-Key", "again"));
    }

    private void delete(String reference) {
        assertThat(user.delete("/api/reference-images/" + reference).status()).isBetween(200, 204);
    }
}
