package com.ourvidz.core.asset;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Links to assets that carry their own proof: an expiry and an HMAC-SHA256 over {@code GET \n asset id \n expiry}, so that a browser opens
 * them without a header. They are for reading alone. Expiries are rounded up to the hour, so that the same asset has the same link for a while and caches hold.
 */
public final class SignedLinks {

    private static final String ALGORITHM = "HmacSHA256";
    private static final long HOUR = Duration.ofHours(1).toSeconds();

    private final SecretKeySpec key;
    private final Duration lifetime;
    private final InstantSource clock;

    /**
     * Links under one secret; another secret makes all earlier links void.
     *
     * @param secret at least 32 bytes
     * @param lifetime for how long a link holds, at least
     */
    public SignedLinks(byte[] secret, Duration lifetime, InstantSource clock) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** The expiry in epoch seconds and the signature that goes with it. */
    public record Proof(long expires, String signature) {}

    public Proof sign(UUID assetId) {
        var earliest = clock.instant().plus(lifetime).getEpochSecond();
        var expires = Math.ceilDiv(earliest, HOUR) * HOUR;
        return new Proof(expires, signature(assetId, expires));
    }

    /** Whether the proof is ours, for this asset, and not expired. */
    public boolean holds(UUID assetId, Proof proof) {
        var expected = signature(assetId, proof.expires()).getBytes(StandardCharsets.US_ASCII);
        var given = proof.signature().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, given)
                && clock.instant().isBefore(Instant.ofEpochSecond(proof.expires()));
    }

    private String signature(UUID assetId, long expires) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            var text = "GET\n" + assetId + "\n" + expires;
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no " + ALGORITHM, e);
        }
    }
}
