package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users see of their money, and what administrators give. */
@ExtendWith(TestPlatform.Shared.class)
class CreditsTest {

    private final TestPlatform platform;
    private final String name = TestPlatform.newName();
    private final Client user;

    CreditsTest(TestPlatform platform) {
        this.platform = platform;
        this.user = platform.user(name);
    }

    @Test
    void aNewUserSeesWhatTheyStartWith() {
        var credits = user.get("/api/credits").ok();
        assertThat(credits.get("balance").asLong()).isEqualTo(1000);
        assertThat(credits.get("entries")).hasSize(1);
        assertThat(credits.at("/entries/0/kind").asString()).isEqualTo("grant");
        assertThat(credits.at("/entries/0/amount").asLong()).isEqualTo(1000);
    }

    @Test
    void entriesSayWhatTheyAreForNewestFirstPageByPage() {
        var job = user.ordered("a fox in snow");
        user.delete("/api/jobs/" + job).ok();
        grant(Map.of("name", name, "credits", 5, "note", "for the fox"), "birthday of " + name)
                .ok();
        var first = user.get("/api/credits?limit=2").ok();
        assertThat(first.get("balance").asLong()).isEqualTo(1005);
        assertThat(first.get("entries")
                        .valueStream()
                        .map(entry -> entry.get("kind").asString()))
                .containsExactlyInAnyOrder("grant", "refund");
        assertThat(first.get("entries")
                        .valueStream()
                        .map(entry -> entry.path("note").asString("")
                                + entry.path("prompt").asString("")))
                .containsExactlyInAnyOrder("for the fox", "a fox in snow");
        var second = user.get("/api/credits?limit=2&cursor="
                        + first.get("next_cursor").asString())
                .ok();
        assertThat(second.at("/entries/0/kind").asString()).isEqualTo("charge");
        assertThat(second.at("/entries/0/amount").asLong()).isEqualTo(-1);
        assertThat(second.at("/entries/0/job_id").asString()).isEqualTo(job);
        assertThat(second.at("/entries/0/job_type").asString()).isEqualTo("sdxl_image_fast");
        assertThat(second.at("/entries/1/kind").asString()).isEqualTo("grant");
        assertThat(second.has("next_cursor")).isFalse();
    }

    @Test
    void nobodySeesWhatIsNotTheirs() {
        user.ordered("a fox in snow");
        assertThat(platform.newUser().get("/api/credits").ok().get("entries")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "cursor=x", "cursor=", "cursor=MV8A"})
    void aPageThatIsNoneIs400(String query) {
        user.get("/api/credits?" + query).error(400);
    }

    @Test
    void theSameGrantIsGivenOnceAndAnotherUnderItsKeyIsAConflict() {
        user.get("/api/credits").ok();
        var key = "grant for " + name;
        for (var time = 0; time < 2; time++) {
            var granted = grant(Map.of("name", name, "credits", 50, "note", "for the fox"), key);
            assertThat(granted.ok().at("/user/balance").asLong()).isEqualTo(1050);
        }
        grant(Map.of("name", name, "credits", 51), key).error(409);
        grant(Map.of("name", Platform.OWNER, "credits", 50), key).error(409);
        assertThat(platform.balance(name)).isEqualTo(1050);
        assertThat(platform.discrepancies()).isEmpty();
    }

    @Test
    void aGrantThatIsNoneIs400Or404() {
        user.get("/api/credits").ok();
        for (var credits : new Object[] {0, -5, 1.5, "5", 1_000_000_001L, true}) {
            grant(Map.of("name", name, "credits", credits), "key").error(400);
        }
        grant(Map.of("name", name), "key").error(400);
        grant(Map.of("name", name, "credits", 5), "").error(400);
        grant(Map.of("name", name, "credits", 5, "note", "x".repeat(501)), "key")
                .error(400);
        grant(Map.of("name", TestPlatform.newName(), "credits", 5), "key").error(404);
        assertThat(platform.balance(name)).isEqualTo(1000);
    }

    private Answer grant(Map<String, Object> body, String key) {
        return platform.user(Platform.OWNER)
                .post(
                        "/api/admin/grants",
                        Client.JSON.writeValueAsString(body),
                        request -> request.header("Idempotency-Key", key));
    }
}
