package com.ourvidz.diffusion.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Where a file keeps its EXIF data, which are in the form of a TIFF file, whatever the format around them. */
final class Exif {

    private static final int JPEG = 0xffd8;
    private static final int APPLICATION_1 = 0xffe1;
    private static final int START_OF_SCAN = 0xffda;

    private static final long PNG = 0x89504e470d0a1a0aL;
    private static final int EXIF_IN_PNG = 0x65584966; // eXIf
    private static final int PIXELS_IN_PNG = 0x49444154; // IDAT
    private static final int LENGTH_TYPE_AND_CHECKSUM = 12;

    private static final int RIFF = 0x52494646;
    private static final int WEBP = 0x57454250;
    private static final int EXIF = 0x45584946;

    /** {@code Exif} and two zeros, which always start it in a JPEG, and by mistake in some other files. */
    private static final int MARK = 0x45786966;

    private static final int MARK_LENGTH = 6;

    private Exif() {}

    /**
     * The EXIF data of a JPEG, PNG or WebP file.
     *
     * @throws BufferUnderflowException when the file is damaged
     * @throws IndexOutOfBoundsException likewise
     * @throws IllegalArgumentException likewise
     */
    static Optional<ByteBuffer> in(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        if (Short.toUnsignedInt(bytes.getShort(0)) == JPEG) {
            return inJpeg(bytes.position(2));
        }
        if (bytes.getLong(0) == PNG) {
            return inPng(bytes.position(8));
        }
        return bytes.getInt(0) == RIFF && bytes.getInt(8) == WEBP
                ? inWebp(bytes.position(12).order(ByteOrder.LITTLE_ENDIAN))
                : Optional.empty();
    }

    private static Optional<ByteBuffer> inJpeg(ByteBuffer file) {
        for (int marker = 0; marker != START_OF_SCAN; ) {
            marker = Short.toUnsignedInt(file.getShort());
            int length = Short.toUnsignedInt(file.getShort(file.position()));
            if (marker == APPLICATION_1 && file.getInt(file.position() + 2) == MARK) {
                return Optional.of(tiff(file, file.position() + 2, length - 2));
            }
            file.position(file.position() + length);
        }
        return Optional.empty();
    }

    private static Optional<ByteBuffer> inPng(ByteBuffer file) {
        for (int type = 0; type != PIXELS_IN_PNG; ) {
            int length = notNegative(file.getInt(file.position()));
            type = file.getInt(file.position() + 4);
            if (type == EXIF_IN_PNG) {
                return Optional.of(tiff(file, file.position() + 8, length));
            }
            file.position(file.position() + length + LENGTH_TYPE_AND_CHECKSUM);
        }
        return Optional.empty();
    }

    private static Optional<ByteBuffer> inWebp(ByteBuffer file) {
        while (file.hasRemaining()) {
            int type = Integer.reverseBytes(file.getInt());
            int length = notNegative(file.getInt());
            if (type == EXIF) {
                return Optional.of(tiff(file, file.position(), length));
            }
            file.position(file.position() + length + (length & 1)); // chunks start at even places
        }
        return Optional.empty();
    }

    /** With a negative length the search would not get on. */
    private static int notNegative(int length) {
        if (length < 0) {
            throw new IllegalArgumentException("a length of " + length);
        }
        return length;
    }

    private static ByteBuffer tiff(ByteBuffer file, int start, int length) {
        int skipped = file.slice(start, length).getInt(0) == MARK ? MARK_LENGTH : 0;
        return file.slice(start + skipped, length - skipped);
    }
}
