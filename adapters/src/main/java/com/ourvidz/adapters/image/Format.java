package com.ourvidz.adapters.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a file is, by its first bytes. */
enum Format {
    JPEG,
    PNG,
    WEBP,
    /** A picture, but of a kind that is not taken. */
    OTHER;

    private static final int LOOKED_AT = 512;

    /** Empty when it is no picture at all. */
    static Optional<Format> of(byte[] file) {
        // one character a byte
        var head = new String(file, 0, Math.min(file.length, LOOKED_AT), StandardCharsets.ISO_8859_1);
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        }
        if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        }
        if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
            return Optional.of(WEBP);
        }
        return isOther(head) ? Optional.of(OTHER) : Optional.empty();
    }

    /** GIF, TIFF, BMP, Photoshop, JPEG 2000 and JPEG XL, HEIC and AVIF, SVG. */
    private static boolean isOther(String head) {
        return Stream.of("GIF8", "II*\0", "MM\0*", "II+\0", "MM\0+", "BM", "8BPS", "\0\0\0\fJXL ", "\u00ff\n")
                        .anyMatch(head::startsWith)
                || head.startsWith("ftyp", 4)
                || head.startsWith("jP  ", 4)
                || head.toLowerCase(Locale.ROOT).contains("<svg");
    }

    /** Whether the file is as long as it says at its beginning, for the one format that says so and whose reader does not mind. */
    boolean isWhole(byte[] file) {
        return this != WEBP
                || file.length - 8L
                        >= Integer.toUnsignedLong(ByteBuffer.wrap(file)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .getInt(4));
    }

    /** The name by which {@code javax.imageio} knows it. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
