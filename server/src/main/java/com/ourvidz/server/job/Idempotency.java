package com.ourvidz.server.job;

import com.ourvidz.core.job.JobStore;
import com.ourvidz.server.http.Requests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Reads the {@code Idempotency-Key} header. */
final class Idempotency {

    private Idempotency() {}

    static JobStore.IdempotencyKey key(String header, byte[] body) {
        return new JobStore.IdempotencyKey(Requests.idempotencyKey(header), sha256(body));
    }

    /** For a route whose path says a part of what is asked for. */
    static JobStore.IdempotencyKey key(String header, String path, byte[] body) {
        var beginning = (path + "\n").getBytes(StandardCharsets.UTF_8);
        var request = Arrays.copyOf(beginning, beginning.length + body.length);
        System.arraycopy(body, 0, request, beginning.length, body.length);
        return key(header, request);
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }
}
