package com.ourvidz.core.job;

import com.ourvidz.core.Rejection;
import java.util.Arrays;
import java.util.Base64;

/**
 * A small JPEG of what a worker is making: a hint, never an asset.
 *
 * @param attempt the job's, so that none outlives the attempt that it is of
 */
@SuppressWarnings("ArrayRecordComponent") // it is not compared, and whoever gets it only sends it on
public record Preview(int attempt, byte[] jpeg) {

    /** In bytes; base64 in a heartbeat it stays below the limit of a body. */
    public static final int LARGEST = 32_768;

    private static final byte[] BEGINNING = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final byte[] END = {(byte) 0xff, (byte) 0xd9};

    /**
     * Reads what a heartbeat carries.
     *
     * @throws Rejection {@code INVALID} when it is not base64 of a whole JPEG of at most {@link #LARGEST} bytes
     */
    public static Preview of(int attempt, String base64) {
        var jpeg = decoded(base64);
        if (jpeg.length > LARGEST || !isJpeg(jpeg)) {
            throw invalid();
        }
        return new Preview(attempt, jpeg);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static boolean isJpeg(byte[] bytes) {
        var least = BEGINNING.length + END.length;
        return bytes.length > least
                && Arrays.equals(bytes, 0, BEGINNING.length, BEGINNING, 0, BEGINNING.length)
                && Arrays.equals(bytes, bytes.length - END.length, bytes.length, END, 0, END.length);
    }

    private static Rejection invalid() {
        return Rejection.invalid("preview must be a JPEG of at most " + LARGEST + " bytes, in base64.");
    }
}
