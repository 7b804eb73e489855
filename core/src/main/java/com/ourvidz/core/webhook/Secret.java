package com.ourvidz.core.webhook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the platform and one endpoint share, and nobody else.
 *
 * @param text {@code whsec_} and the key's bytes in base64
 */
public record Secret(String text) {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;

    public Secret {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("no webhook secret");
        }
    }

    public static Secret of(SecureRandom random) {
        var key = new byte[BYTES];
        random.nextBytes(key);
        return new Secret(PREFIX + Base64.getEncoder().encodeToString(key));
    }

    /** {@code v1,} and the HMAC-SHA256 over {@code id.seconds.body} in base64. */
    public String sign(String id, Instant at, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(text.substring(PREFIX.length())), ALGORITHM));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed(id, at, body)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no " + ALGORITHM, e);
        }
    }

    /** Nothing of it gets into a log. */
    @Override
    public String toString() {
        return PREFIX + "…";
    }

    private static byte[] signed(String id, Instant at, byte[] body) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes((id + "." + at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }
}
