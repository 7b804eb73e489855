package com.ourvidz.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;

class BelievedTokensTest {

    private TestIssuer issuer;
    private Tokens own;
    private BelievedTokens believed;

    @BeforeEach
    void start() throws IOException, JOSEException {
        issuer = new TestIssuer();
        own = new Tokens(
                "a secret of at least thirty-two bytes",
                Optional.of("ourvidz"),
                Optional.of("ourvidz"),
                InstantSource.system());
        believed = new BelievedTokens(
                own, Optional.of(new ExternalIssuer(issuer.keys(), TestIssuer.NAME, TestIssuer.AUDIENCE, "owner")));
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void keysAreFetchedOnce() {
        for (var time = 0; time < 3; time++) {
            assertThat(believed.decode(issuer.rs256(TestIssuer.claims("anna").build()))
                            .getSubject())
                    .isEqualTo("anna");
            believed.decode(issuer.es256(TestIssuer.claims("anna").build()));
        }
        assertThat(issuer.fetched()).containsExactly("/keys.json");
    }

    @Test
    void newKeysAreFoundAndOldOnesForgotten() throws JOSEException {
        var old = issuer.rs256(TestIssuer.claims("anna").build());
        believed.decode(old);
        issuer.rotate();
        believed.decode(issuer.rs256(TestIssuer.claims("anna").build()));
        assertThatThrownBy(() -> believed.decode(old)).isInstanceOf(BadJwtException.class);
    }

    @Test
    void aFloodOfUnknownKeysIsNotPassedOn() {
        for (var number = 0; number < 20; number++) {
            var kid = "unknown-" + number;
            var token = issuer.rs256(TestIssuer.claims("anna").build(), header -> header.keyID(kid));
            assertThatThrownBy(() -> believed.decode(token)).isInstanceOf(BadJwtException.class);
        }
        assertThat(issuer.fetched()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void whileTheKeysCannotBeHadATokenIsNotSaidToBeBad() {
        issuer.setDown(true);
        var token = issuer.rs256(TestIssuer.claims("anna").build());
        assertThatThrownBy(() -> believed.decode(token))
                .isInstanceOf(JwtException.class)
                .isNotInstanceOf(BadJwtException.class);
        issuer.setDown(false);
        believed.decode(token);
    }

    @Test
    void keysThatAreKnownOutlastTheirIssuersOutage() {
        believed.decode(issuer.rs256(TestIssuer.claims("anna").build()));
        issuer.setDown(true);
        believed.decode(issuer.rs256(TestIssuer.claims("anna").build()));
    }

    @Test
    void thePlatformsOwnTokensAreBelievedBesideTheIssuers() {
        assertThat(believed.decode(own.issue("anna")).getSubject()).isEqualTo("anna");
        assertThat(issuer.fetched()).isEmpty();
    }
}
