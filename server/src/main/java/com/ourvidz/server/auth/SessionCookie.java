package com.ourvidz.server.auth;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.ResponseCookie;

/**
 * The browser's token. Media elements and page loads cannot send a header; scripts cannot read this cookie, and other sites cannot send
 * it.
 */
final class SessionCookie {

    static final String NAME = "ourvidz_session";

    private SessionCookie() {}

    static Optional<String> token(HttpServletRequest request) {
        return Stream.ofNullable(request.getCookies())
                .flatMap(Stream::of)
                .filter(cookie -> cookie.getName().equals(NAME))
                .map(Cookie::getValue)
                .findFirst();
    }

    static ResponseCookie of(String token, Duration lifetime, boolean secure) {
        return ResponseCookie.from(NAME, token)
                .httpOnly(true)
                .sameSite("Strict")
                .secure(secure)
                .path("/")
                .maxAge(lifetime)
                .build();
    }
}
