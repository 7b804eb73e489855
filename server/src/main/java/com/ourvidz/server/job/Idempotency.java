package com.ourvidz.server.job;

import com.ourvidz.core.job.JobStore;
import com.ourvidz.server.http.Requests;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Reads the {@code Idempotency-Key} header. */
final class Idempotency {

    private Idempotency() {}

    static JobStore.IdempotencyKey key(String header, byte[] body) {
        return new JobStore.IdempotencyKey(Requests.idempotencyKey(header), sha256(body));
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }
}
