package com.ourvidz.adapters.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Finds in a file's EXIF data how the camera was held. All offsets come from the file: every read is checked against its end. */
final class Exif {

    private static final int AS_STORED = 1;
    private static final int TAG_ORIENTATION = 0x0112;
    private static final int ENTRY = 12;

    private static final int JPEG_APPLICATION_1 = 0xffe1;
    private static final int JPEG_START_OF_SCAN = 0xffda;
    private static final int HEADER = 0x45786966; // "Exif", then two zeros
    private static final int HEADER_LENGTH = 6;
    private static final int PNG_CHUNK = 0x65584966; // "eXIf"
    private static final int PNG_END = 0x49454e44; // "IEND"
    private static final int WEBP_CHUNK = 0x45584946; // "EXIF"

    private Exif() {}

    /** Tag 0x0112, 1 (as stored) to 8; as stored when the file says nothing that makes sense. */
    static int orientation(Format format, byte[] file) {
        try {
            return data(format, ByteBuffer.wrap(file)).map(Exif::orientation).orElse(AS_STORED);
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            return AS_STORED; // damaged EXIF data do not make a picture unreadable
        }
    }

    private static Optional<ByteBuffer> data(Format format, ByteBuffer file) {
        return switch (format) {
            case JPEG -> inJpeg(file.position(2));
            case PNG -> inPng(file.position(8));
            case WEBP -> inWebp(file.position(12).order(ByteOrder.LITTLE_ENDIAN));
            case OTHER -> Optional.empty();
        };
    }

    private static Optional<ByteBuffer> inJpeg(ByteBuffer file) {
        for (var marker = unsigned(file); marker != JPEG_START_OF_SCAN; marker = unsigned(file)) {
            var segment =
                    file.slice(file.position(), unsigned(file, file.position())).position(2);
            file.position(file.position() + segment.limit());
            if (marker == JPEG_APPLICATION_1 && startsWithHeader(segment)) {
                return Optional.of(withoutHeader(segment));
            }
        }
        return Optional.empty();
    }

    private static Optional<ByteBuffer> inPng(ByteBuffer file) {
        while (true) {
            var length = file.getInt();
            var type = file.getInt();
            if (type == PNG_CHUNK) {
                return Optional.of(file.slice(file.position(), length));
            }
            if (type == PNG_END) {
                return Optional.empty();
            }
            file.position(Math.addExact(file.position(), length) + 4); // the checksum
        }
    }

    private static Optional<ByteBuffer> inWebp(ByteBuffer file) {
        while (file.hasRemaining()) {
            var type = Integer.reverseBytes(file.getInt());
            var length = file.getInt();
            if (type == WEBP_CHUNK) {
                var chunk = file.slice(file.position(), length);
                return Optional.of(startsWithHeader(chunk) ? withoutHeader(chunk) : chunk);
            }
            file.position(Math.addExact(file.position(), length) + (length & 1)); // chunks have even lengths
        }
        return Optional.empty();
    }

    private static boolean startsWithHeader(ByteBuffer segment) {
        return segment.remaining() >= HEADER_LENGTH && segment.getInt(segment.position()) == HEADER;
    }

    private static ByteBuffer withoutHeader(ByteBuffer segment) {
        return segment.position(segment.position() + HEADER_LENGTH).slice();
    }

    /** From the TIFF structure that EXIF data are. */
    private static int orientation(ByteBuffer tiff) {
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        var directory = tiff.getInt(4);
        var entries = unsigned(tiff, directory);
        for (var entry = directory + 2; entry < directory + 2 + entries * ENTRY; entry += ENTRY) {
            if (unsigned(tiff, entry) == TAG_ORIENTATION) {
                var value = unsigned(tiff, entry + 8);
                return value >= 1 && value <= 8 ? value : AS_STORED;
            }
        }
        return AS_STORED;
    }

    private static int unsigned(ByteBuffer buffer) {
        return Short.toUnsignedInt(buffer.getShort());
    }

    private static int unsigned(ByteBuffer buffer, int position) {
        return Short.toUnsignedInt(buffer.getShort(position));
    }
}
