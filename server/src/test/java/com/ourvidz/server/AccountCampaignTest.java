package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords, sessions, tokens that end, and administrators. */
@ExtendWith(TestPlatform.Shared.class)
class AccountCampaignTest {

    private static final String PASSWORD = "a red lighthouse";

    private final TestPlatform platform;
    private final String name = TestPlatform.newName();
    private final Client admin;

    AccountCampaignTest(TestPlatform platform) {
        this.platform = platform;
        this.admin = platform.user(Platform.OWNER);
    }

    @Test
    void aNameAndAPasswordSignABrowserIn() {
        create(Map.of("name", name, "password", PASSWORD)).ok();
        var answer = signIn(name, PASSWORD);
        assertThat(answer.ok().get("user").asString()).isEqualTo(name);
        assertThat(answer.text()).doesNotContain(PASSWORD, "bcrypt", "eyJ");
        assertThat(answer.header("Set-Cookie"))
                .startsWith("ourvidz_session=")
                .contains("HttpOnly", "SameSite=Strict", "Path=/");
        var session = withCookie("GET", "/api/session", cookie(answer)).ok();
        assertThat(session.get("user").asString()).isEqualTo(name);
        assertThat(session.get("admin").asBoolean()).isFalse();
        assertThat(session.get("balance").asLong()).isEqualTo(1000);
    }

    @Test
    void whateverIsWrongWithASignInIsAnsweredAlike() {
        create(Map.of("name", name, "password", PASSWORD)).ok();
        var disabled = TestPlatform.newName();
        create(Map.of("name", disabled, "password", PASSWORD)).ok();
        adminPost("/users/disable", Map.of("name", disabled)).ok();
        var tokenOnly = TestPlatform.newName();
        create(Map.of("name", tokenOnly)).ok();

        var wrongPassword = signIn(name, "a blue lighthouse");
        wrongPassword.error(401);
        for (var answer : new Answer[] {
            signIn(TestPlatform.newName(), PASSWORD),
            signIn(disabled, PASSWORD),
            signIn(tokenOnly, PASSWORD),
            signIn(tokenOnly, ""),
            signIn(name, PASSWORD + "x".repeat(80))
        }) {
            answer.error(401);
            assertThat(answer.text()).isEqualTo(wrongPassword.text());
            assertThat(answer.header("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void passwordsAreTriedOnlySoOften() {
        for (var time = 0; time < 10; time++) {
            signIn(name, PASSWORD).error(401);
        }
        var refused = signIn(name, PASSWORD);
        refused.error(429);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"name\": 5, \"password\": \"x\"}",
                "{\"name\": \"anna\"}",
                "{\"name\": \"a\\u0000\", \"password\": \"x\"}"
            })
    void aSignInThatIsNoneIs400(String body) {
        platform.stranger().post("/api/session", body).error(400);
    }

    @Test
    void aFormOfAnotherSiteSignsNobodyIn() {
        create(Map.of("name", name, "password", PASSWORD)).ok();
        var body = Client.JSON.writeValueAsString(Map.of("name", name, "password", PASSWORD));
        platform.stranger()
                .post("/api/session", body, request -> request.setHeader("Content-Type", "text/plain"))
                .error(415);
    }

    @Test
    void line7AfterSigningOutTheSessionsTokenIs401AndOthersCount() {
        create(Map.of("name", name, "password", PASSWORD)).ok();
        var browser = cookie(signIn(name, PASSWORD));
        var another = cookie(signIn(name, PASSWORD));
        var answer = withCookie("POST", "/logout", browser);
        assertThat(answer.status()).isEqualTo(303);
        withCookie("GET", "/api/jobs", browser).error(401);
        platform.withToken(token(browser)).get("/api/jobs").error(401);
        withCookie("GET", "/api/jobs", another).ok();
        withCookie("DELETE", "/api/session", another).ok();
        withCookie("GET", "/api/jobs", another).error(401);
    }

    @Test
    void line7ASignedOutTokenInAnotherFormIs401() {
        var token = platform.platform().token(name);
        platform.withToken(token).delete("/api/session").ok();
        platform.withToken(token).get("/api/jobs").error(401);
        platform.withToken(token + "=").get("/api/jobs").error(401);
        platform.withToken(token + " ").get("/api/jobs").error(401);
        platform.user(name).get("/api/jobs").ok();
    }

    @Test
    void line7ADisabledUsersLiveTokenIs401AtOnceAndDoesNotComeBack() {
        var user = platform.user(name);
        user.get("/api/jobs").ok();
        var link = "/login?token=" + platform.platform().token(name);
        adminPost("/users/disable", Map.of("name", name)).ok();
        user.get("/api/jobs").error(401);
        user.order("a fox in snow").error(401);
        platform.stranger().get(link).error(401);
        platform.user(name).get("/api/jobs").error(401);

        adminPost("/users/enable", Map.of("name", name)).ok();
        user.get("/api/jobs").error(401);
        platform.user(name).get("/api/jobs").ok();
    }

    @Test
    void line7RevokedTokensAre401AndNewOnesCount() {
        var user = platform.user(name);
        user.get("/api/jobs").ok();
        adminPost("/users/revoke-tokens", Map.of("name", name)).ok();
        user.get("/api/jobs").error(401);
        var fresh = adminPost("/users/token", Map.of("name", name))
                .ok()
                .get("token")
                .asString();
        platform.withToken(fresh).get("/api/jobs").ok();
    }

    @Test
    void aPrintedLinkCanBeUsedAgainAfterSigningOut() {
        var link = platform.platform().signInLink();
        var path = link.getPath() + "?" + link.getRawQuery();
        var first = cookie(platform.stranger().get(path));
        withCookie("POST", "/logout", first);
        withCookie("GET", "/api/jobs", first).error(401);
        var second = cookie(platform.stranger().get(path));
        assertThat(withCookie("GET", "/api/session", second).ok().get("admin").asBoolean())
                .isTrue();
    }

    @Test
    void aChangedPasswordCountsAndEndsAllOtherSessions() {
        create(Map.of("name", name, "password", PASSWORD)).ok();
        var browser = cookie(signIn(name, PASSWORD));
        var other = cookie(signIn(name, PASSWORD));
        change(browser, Map.of("current_password", "wrong", "new_password", "a fox in snow"))
                .error(400);
        change(browser, Map.of("new_password", "a fox in snow")).error(400);
        change(browser, Map.of("current_password", PASSWORD, "new_password", "short"))
                .error(400);
        var answer = change(browser, Map.of("current_password", PASSWORD, "new_password", "a fox in snow"));
        answer.ok();
        withCookie("GET", "/api/jobs", cookie(answer)).ok();
        withCookie("GET", "/api/jobs", browser).error(401);
        withCookie("GET", "/api/jobs", other).error(401);
        signIn(name, PASSWORD).error(401);
        signIn(name, "a fox in snow").ok();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/admin/users",
        "POST, /api/admin/users",
        "POST, /api/admin/users/disable",
        "POST, /api/admin/users/promote",
        "POST, /api/admin/users/demote",
        "POST, /api/admin/users/enable",
        "POST, /api/admin/users/password",
        "POST, /api/admin/users/revoke-tokens",
        "POST, /api/admin/users/token",
        "POST, /api/admin/grants",
        "POST, /api/admin/ledger-check",
        "GET, /api/admin/no-such-route"
    })
    void line8AForgedAdminClaimIs403(String method, String path) throws Exception {
        var secret = Files.readString(platform.data().resolve("jwt.secret")).strip();
        var claims = Map.<String, Object>of(
                "sub",
                name,
                "iat",
                Instant.now().getEpochSecond(),
                "admin",
                true,
                "role",
                "admin",
                "scope",
                "ADMIN",
                "authorities",
                "ADMIN");
        var forged = TestTokens.hs256(Map.of("alg", "HS256"), claims, secret.getBytes(StandardCharsets.UTF_8));
        platform.withToken(forged).call(method, path, request -> request).error(403);
        platform.newUser().call(method, path, request -> request).error(403);
        platform.stranger().call(method, path, request -> request).error(401);
        platform.withToken(platform.workerKey())
                .call(method, path, request -> request)
                .error(401);
    }

    @Test
    void administratorsAreMadeByAdministrators() {
        create(Map.of("name", name, "password", PASSWORD, "admin", true)).ok();
        var session = cookie(signIn(name, PASSWORD));
        withCookie("GET", "/api/admin/users", session).ok();
        adminPost("/users/disable", Map.of("name", name)).ok();
        withCookie("GET", "/api/admin/users", session).error(401);
    }

    @Test
    void administratorsAreMadeAndUnmadeLaterToo() {
        create(Map.of("name", name, "password", PASSWORD)).ok();
        var session = cookie(signIn(name, PASSWORD));
        withCookie("GET", "/api/admin/users", session).error(403);
        assertThat(adminPost("/users/promote", Map.of("name", name))
                        .ok()
                        .at("/user/admin")
                        .asBoolean())
                .isTrue();
        withCookie("GET", "/api/admin/users", session).ok();
        assertThat(adminPost("/users/demote", Map.of("name", name))
                        .ok()
                        .at("/user/admin")
                        .asBoolean())
                .isFalse();
        withCookie("GET", "/api/admin/users", session).error(403);
    }

    @Test
    void theLastAdministratorStaysOne() throws IOException {
        try (var fresh = new TestPlatform(Map.of())) {
            var owner = fresh.user(Platform.OWNER);
            owner.post("/api/admin/users/demote", "{\"name\": \"" + Platform.OWNER + "\"}")
                    .error(409);
            owner.get("/api/admin/users").ok();
        }
    }

    @Test
    void anAdministratorCannotDisableThemselves() {
        adminPost("/users/disable", Map.of("name", Platform.OWNER)).error(409);
        admin.get("/api/admin/users").ok();
    }

    @Test
    void usersAreListedByTheStartOfTheirNamesPageByPage() {
        create(Map.of("name", name + "-1", "password", PASSWORD)).ok();
        create(Map.of("name", name + "/2 & ü")).ok();
        var page = admin.get("/api/admin/users?limit=1&name=" + name).ok();
        assertThat(page.at("/users/0/name").asString()).isEqualTo(name + "/2 & ü");
        assertThat(page.at("/users/0/has_password").asBoolean()).isFalse();
        var next = admin.get("/api/admin/users?limit=1&name=" + name + "&cursor="
                        + page.get("next_cursor").asString())
                .ok();
        assertThat(next.at("/users/0/name").asString()).isEqualTo(name + "-1");
        assertThat(next.at("/users/0/balance").asLong()).isEqualTo(1000);
        assertThat(next.has("next_cursor")).isFalse();
        assertThat(next.toString()).doesNotContain("bcrypt", "hash");
        adminPost("/users/disable", Map.of("name", name + "/2 & ü")).ok();
    }

    @Test
    void whatAnAdministratorAsksWronglyIsSaid() {
        create(Map.of("name", name)).ok();
        create(Map.of("name", name)).error(409);
        create(Map.of("name", "")).error(400);
        create(Map.of("name", "line\nbreak")).error(400);
        create(Map.of("name", name + "x", "password", "short")).error(400);
        create(Map.of("name", name + "x", "password", "x".repeat(73))).error(400);
        create(Map.of("name", name + "x", "admin", "yes")).error(400);
        create(Map.of()).error(400);
        for (var route : new String[] {"disable", "enable", "promote", "demote", "revoke-tokens", "token"}) {
            adminPost("/users/" + route, Map.of("name", TestPlatform.newName())).error(404);
        }
        adminPost("/users/password", Map.of("name", TestPlatform.newName(), "password", PASSWORD))
                .error(404);
    }

    @Test
    void theDescriptionOfTheApiKnowsTheRoutes() {
        var paths = platform.stranger().get("/openapi.json").ok().get("paths");
        assertThat(paths.at("/~1api~1session/post").has("security")).isFalse();
        assertThat(paths.at("/~1api~1session/get/security/0").has("user")).isTrue();
        assertThat(paths.at("/~1api~1admin~1grants/post/security/0").has("user"))
                .isTrue();
        assertThat(paths.at("/~1api~1admin~1grants/post/requestBody/content/application~1json/schema/$ref")
                        .asString())
                .endsWith("/NewGrant");
        assertThat(paths.at("/~1api~1credits/get/parameters")).hasSize(2);
        assertThat(paths.at("/~1api~1session~1password/post/parameters").isMissingNode())
                .isTrue();
    }

    private Answer create(Map<String, Object> user) {
        return adminPost("/users", user);
    }

    private Answer adminPost(String path, Map<String, Object> body) {
        return admin.post("/api/admin" + path, Client.JSON.writeValueAsString(body));
    }

    private Answer signIn(String user, String password) {
        return platform.stranger()
                .post("/api/session", Client.JSON.writeValueAsString(Map.of("name", user, "password", password)));
    }

    private Answer change(String cookie, Map<String, Object> body) {
        return platform.stranger()
                .post(
                        "/api/session/password",
                        Client.JSON.writeValueAsString(body),
                        request -> request.header("Cookie", cookie).header("Sec-Fetch-Site", "same-origin"));
    }

    private Answer withCookie(String method, String path, String cookie) {
        return platform.stranger()
                .call(
                        method,
                        path,
                        request -> request.header("Cookie", cookie).header("Sec-Fetch-Site", "same-origin"));
    }

    private static String cookie(Answer answer) {
        var header = answer.header("Set-Cookie");
        return header.substring(0, header.indexOf(';'));
    }

    private static String token(String cookie) {
        return cookie.substring(cookie.indexOf('=') + 1);
    }
}
