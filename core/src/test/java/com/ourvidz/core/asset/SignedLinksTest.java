package com.ourvidz.core.asset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SignedLinksTest {

    private static final Duration LIFETIME = Duration.ofHours(24);

    private final Instant start = Instant.parse("2026-01-01T00:30:00Z");
    private final UUID asset = UUID.randomUUID();
    private final SignedLinks links = at(start);

    @Test
    void aLinkOpensItsAssetForItsLifetime() {
        var proof = links.sign(asset);

        assertThat(links.holds(asset, proof)).isTrue();
        assertThat(at(start.plus(LIFETIME)).holds(asset, proof)).isTrue();
    }

    @Test
    void line13AnExpiredAlteredOrBorrowedProofDoesNotHold() {
        var proof = links.sign(asset);

        assertThat(at(start.plus(LIFETIME).plus(Duration.ofHours(1))).holds(asset, proof))
                .isFalse();
        assertThat(links.holds(UUID.randomUUID(), proof)).isFalse();
        assertThat(links.holds(asset, new SignedLinks.Proof(proof.expires() + 3600, proof.signature())))
                .isFalse();
        assertThat(links.holds(asset, new SignedLinks.Proof(proof.expires(), "")))
                .isFalse();
        assertThat(new SignedLinks(new byte[32], LIFETIME, InstantSource.fixed(start)).holds(asset, proof))
                .isFalse();
    }

    @Test
    void theSameAssetHasTheSameLinkForAWhile() {
        assertThat(at(start.plus(Duration.ofMinutes(20))).sign(asset)).isEqualTo(links.sign(asset));
    }

    private static SignedLinks at(Instant now) {
        return new SignedLinks(
                "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII),
                LIFETIME,
                InstantSource.fixed(now));
    }
}
