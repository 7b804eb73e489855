package com.ourvidz.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.JwtException;

class TokensTest {

    private static final String SECRET = "a secret of at least thirty-two bytes";

    private static Tokens tokens(Optional<String> issuer, Optional<String> audience) {
        return new Tokens(SECRET, issuer, audience, InstantSource.system());
    }

    @Test
    void aTokenNamesItsUserAndLasts() {
        var token = tokens(Optional.empty(), Optional.empty());
        var jwt = token.decoder().decode(token.issue("anna"));
        assertThat(jwt.getSubject()).isEqualTo("anna");
        assertThat(jwt.getExpiresAt())
                .isAfter(Instant.now().plus(Tokens.LIFETIME).minusSeconds(60));
    }

    @Test
    void line6WhatTheOperatorSetIsRequired() {
        var open = tokens(Optional.empty(), Optional.empty());
        var issuer = tokens(Optional.of("https://id.example"), Optional.empty());
        var audience = tokens(Optional.empty(), Optional.of("pictures"));
        issuer.decoder().decode(issuer.issue("anna"));
        audience.decoder().decode(audience.issue("anna"));
        assertThatThrownBy(() -> issuer.decoder().decode(open.issue("anna"))).isInstanceOf(JwtException.class);
        assertThatThrownBy(() -> audience.decoder().decode(open.issue("anna"))).isInstanceOf(JwtException.class);
    }

    @Test
    void line6AnExpiredTokenIsRefused() {
        var longAgo = InstantSource.fixed(Instant.now().minus(Tokens.LIFETIME).minusSeconds(90));
        var old = new Tokens(SECRET, Optional.empty(), Optional.empty(), longAgo).issue("anna");
        var decoder = tokens(Optional.empty(), Optional.empty()).decoder();
        assertThatThrownBy(() -> decoder.decode(old)).isInstanceOf(JwtException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\u0000b", "a\u202eb", "\ud800"})
    void aNameMustBePrintable(String name) {
        assertThatThrownBy(() -> tokens(Optional.empty(), Optional.empty()).issue(name))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
