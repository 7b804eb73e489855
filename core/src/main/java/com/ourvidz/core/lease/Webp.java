package com.ourvidz.core.lease;

import com.ourvidz.core.Rejection;
import com.ourvidz.core.asset.ObjectStore.ObjectTooLargeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Tells small WebP files from others, as far as their first bytes say. */
final class Webp {

    private static final int HEADER = 12;
    private static final int RIFF = 0x46464952; // little-endian, like everything in the file
    private static final int WEBP = 0x50424557;

    private Webp() {}

    /**
     * The whole file.
     *
     * @throws ObjectTooLargeException when there are more bytes than {@code limit}
     * @throws Rejection {@code WRONG_MEDIA_TYPE} when it is no WebP or not all of one
     */
    static byte[] read(InputStream stream, int limit) throws IOException {
        var bytes = stream.readNBytes(limit + 1);
        if (bytes.length > limit) {
            throw new ObjectTooLargeException(limit);
        }
        if (!isWhole(bytes)) {
            throw Rejection.of(Rejection.Reason.WRONG_MEDIA_TYPE, "The thumbnail is no WebP, or not all of one.");
        }
        return bytes;
    }

    private static boolean isWhole(byte[] bytes) {
        if (bytes.length <= HEADER) {
            return false;
        }
        var header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return header.getInt(0) == RIFF && header.getInt(4) == bytes.length - 8 && header.getInt(8) == WEBP;
    }
}
