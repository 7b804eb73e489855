package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tokens that users make for their own programs. */
@ExtendWith(TestPlatform.Shared.class)
class TokenTest {

    private final TestPlatform platform;
    private final String name = TestPlatform.newName();

    TokenTest(TestPlatform platform) {
        this.platform = platform;
    }

    @Test
    void aTokenSpeaksForTheUserWhoMadeItUntilItIsEndedAlone() {
        var made = platform.user(name).post("/api/tokens", "{}").ok();
        assertThat(Instant.parse(made.get("expires_at").asString())).isAfter(Instant.now());
        var program = platform.withToken(made.get("token").asString());
        assertThat(program.get("/api/session").ok().get("user").asString()).isEqualTo(name);
        program.delete("/api/session").ok();
        program.get("/api/session").error(401);
        platform.user(name).get("/api/session").ok();
    }

    @Test
    void aTokenThatIsMadeWithAnotherLastsNoLonger() {
        var first = platform.user(name).post("/api/tokens", "{}").ok();
        var second = platform.withToken(first.get("token").asString())
                .post("/api/tokens", "{}")
                .ok();
        assertThat(second.get("expires_at")).isEqualTo(first.get("expires_at"));
    }

    @Test
    void allTokensEndAtOnceAndTheBrowserStaysSignedIn() {
        var other = platform.user(name);
        var cookie = "ourvidz_session=" + platform.platform().token(name);
        other.get("/api/session").ok();
        var ended = platform.stranger()
                .call(
                        "DELETE",
                        "/api/tokens",
                        request -> request.header("Cookie", cookie).header("Sec-Fetch-Site", "same-origin"));
        ended.ok();
        other.get("/api/session").error(401);
        var fresh = ended.header("Set-Cookie");
        platform.stranger()
                .call(
                        "GET",
                        "/api/session",
                        request -> request.header("Cookie", fresh.substring(0, fresh.indexOf(';'))))
                .ok();
    }

    @Test
    void aProgramThatEndsAllTokensGetsNoCookie() {
        var answer = platform.user(name).delete("/api/tokens");
        answer.ok();
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    void nobodyGetsATokenWithoutOne() {
        platform.stranger().post("/api/tokens", "{}").error(401);
        platform.stranger().delete("/api/tokens").error(401);
    }
}
