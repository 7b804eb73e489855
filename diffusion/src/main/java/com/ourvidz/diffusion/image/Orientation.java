package com.ourvidz.diffusion.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a camera was held, as a file says in its EXIF data: which corner the first pixel belongs to.
 *
 * @param value tag 0x0112 of the EXIF specification, 1 (as stored) to 8
 */
record Orientation(int value) {

    private static final int TAG = 0x0112;
    private static final int ENTRY = 12;

    private static final Orientation AS_STORED = new Orientation(1);

    /** What a file says; as stored when it says nothing that makes sense. */
    static Orientation of(byte[] file) {
        try {
            return Exif.in(file).map(Orientation::ofTiff).orElse(AS_STORED);
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            return AS_STORED; // damaged EXIF data do not make a picture unreadable
        }
    }

    private static Orientation ofTiff(ByteBuffer tiff) {
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = Short.toUnsignedInt(tiff.getShort(directory));
        for (int entry = directory + 2; entry < directory + 2 + entries * ENTRY; entry += ENTRY) {
            if (tiff.getShort(entry) == TAG) {
                int value = tiff.getShort(entry + 8);
                return value >= 1 && value <= 8 ? new Orientation(value) : AS_STORED;
            }
        }
        return AS_STORED;
    }

    /** The picture as it is to be seen. */
    RgbImage turn(RgbImage stored) {
        if (value == 1) {
            return stored;
        }
        int width = swapsSides() ? stored.height() : stored.width();
        int height = swapsSides() ? stored.width() : stored.height();
        byte[] rgb = new byte[stored.rgb().length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                System.arraycopy(stored.rgb(), 3 * source(x, y, stored), rgb, 3 * (y * width + x), 3);
            }
        }
        return new RgbImage(width, height, rgb);
    }

    private boolean swapsSides() {
        return value >= 5;
    }

    /** The stored pixel that is to be seen at a place. */
    private int source(int x, int y, RgbImage stored) {
        int right = stored.width() - 1;
        int bottom = stored.height() - 1;
        return switch (value) {
            case 2 -> pixel(right - x, y, stored);
            case 3 -> pixel(right - x, bottom - y, stored);
            case 4 -> pixel(x, bottom - y, stored);
            case 5 -> pixel(y, x, stored);
            case 6 -> pixel(y, bottom - x, stored);
            case 7 -> pixel(right - y, bottom - x, stored);
            case 8 -> pixel(right - y, x, stored);
            default -> pixel(x, y, stored);
        };
    }

    private static int pixel(int x, int y, RgbImage stored) {
        return y * stored.width() + x;
    }
}
