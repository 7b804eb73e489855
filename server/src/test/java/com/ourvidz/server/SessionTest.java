package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPlatform.Shared.class)
class SessionTest {

    private final TestPlatform platform;

    SessionTest(TestPlatform platform) {
        this.platform = platform;
    }

    @Test
    void thePrintedLinkSignsABrowserIn() {
        var link = platform.platform().signInLink();
        var answer = platform.stranger().get(link.getPath() + "?" + link.getRawQuery());
        assertThat(answer.status()).isEqualTo(303);
        assertThat(URI.create(answer.header("Location")).getPath()).isEqualTo("/");
        var cookie = answer.header("Set-Cookie");
        assertThat(cookie).startsWith("ourvidz_session=").contains("HttpOnly", "SameSite=Strict", "Path=/");
        platform.stranger()
                .call("GET", "/api/jobs", request -> request.header("Cookie", cookie.substring(0, cookie.indexOf(';'))))
                .ok();
    }

    @Test
    void aLinkWithAForgedTokenDoesNot() {
        platform.stranger().get("/login?token=a.b.c").error(401);
        platform.stranger().get("/login").error(400);
    }

    @Test
    void aCookieChangesThingsOnlyFromThePlatformsOwnPages() {
        order(request -> request).error(403);
        order(request -> request.header("Origin", "https://evil.example")).error(403);
        order(request -> request.header("Sec-Fetch-Site", "cross-site")).error(403);
        order(request -> request.header("Sec-Fetch-Site", "same-site").header("Origin", origin()))
                .error(403);
        order(request -> request.header("Origin", origin())).ok();
        order(request -> request.header("Sec-Fetch-Site", "same-origin")).ok();
    }

    @Test
    void signingOutClearsTheCookie() {
        var answer = platform.stranger().call("POST", "/logout", request -> request);
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Set-Cookie")).startsWith("ourvidz_session=;").contains("Max-Age=0");
    }

    @Test
    void aStaleCookieDoesNotLockAnyoneOut() {
        var page = platform.stranger().call("GET", "/", request -> request.header("Cookie", "ourvidz_session=stale"));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
    }

    private Answer order(UnaryOperator<HttpRequest.Builder> from) {
        var cookie = "ourvidz_session=" + platform.platform().token(TestPlatform.newName());
        var body = Client.orderBody(Map.of("prompt", "a street market"));
        return platform.stranger()
                .post("/api/queue-job", body, request -> from.apply(request.header("Cookie", cookie)));
    }

    private String origin() {
        return platform.platform().url().toString();
    }
}
