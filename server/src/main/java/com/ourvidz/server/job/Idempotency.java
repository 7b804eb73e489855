package com.ourvidz.server.job;

import com.ourvidz.core.Rejection;
import com.ourvidz.core.job.JobStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Reads the {@code Idempotency-Key} header. */
final class Idempotency {

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e](?:[\\x20-\\x7e]{0,198}[\\x21-\\x7e])?");

    private Idempotency() {}

    static JobStore.IdempotencyKey key(String header, byte[] body) {
        if (!KEY.matcher(header).matches()) {
            throw Rejection.invalid("Idempotency-Key must be 1 to 200 printable ASCII characters.");
        }
        return new JobStore.IdempotencyKey(header, sha256(body));
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }
}
