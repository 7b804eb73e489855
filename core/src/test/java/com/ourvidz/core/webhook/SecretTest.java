package com.ourvidz.core.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SecretTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_614_265_330);
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final Secret PUBLISHED = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    /** The example that the libraries of Standard Webhooks test themselves with. */
    @Test
    void line68TheSignatureIsThatOfThePublishedExample() {
        assertThat(PUBLISHED.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", NOW, BODY))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void aNewSecretIs32RandomBytes() {
        var random = new SecureRandom();
        var secret = Secret.of(random);

        assertThat(secret.text()).startsWith("whsec_");
        assertThat(Base64.getDecoder().decode(secret.text().substring(6))).hasSize(32);
        assertThat(Secret.of(random)).isNotEqualTo(secret);
    }

    @Test
    void aSecretDoesNotShowItselfInALog() {
        assertThat(PUBLISHED.toString()).doesNotContain("MfKQ");
    }

    @Test
    void theOldSecretSignsTooUntilItsTimeIsOver() {
        var fresh = Secret.of(new SecureRandom());
        var endpoint = new Endpoint(
                UUID.randomUUID(),
                "ann",
                "https://example.com/",
                "",
                "https://ourvidz.example",
                NOW,
                true,
                fresh,
                Optional.of(new Endpoint.Retired(PUBLISHED, NOW.plusSeconds(60))));

        assertThat(endpoint.signatures("id", NOW, BODY))
                .isEqualTo(fresh.sign("id", NOW, BODY) + " " + PUBLISHED.sign("id", NOW, BODY));
        var later = NOW.plusSeconds(60);
        assertThat(endpoint.signatures("id", later, BODY)).isEqualTo(fresh.sign("id", later, BODY));
    }
}
