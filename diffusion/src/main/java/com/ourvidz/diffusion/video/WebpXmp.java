package com.ourvidz.diffusion.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** XMP in WebP, in the container's extended form: a chunk that announces it, the picture, and the packet. */
final class WebpXmp {

    private static final int RIFF_HEADER = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int ANNOUNCEMENT = 10;
    private static final int HAS_XMP = 0x04;

    private WebpXmp() {}

    /**
     * The same picture with the packet.
     *
     * @param simple a file in the container's simple form
     * @param width in pixels
     * @param height in pixels
     */
    static byte[] with(byte[] simple, int width, int height, String packet) throws IOException {
        if (!new String(simple, RIFF_HEADER, 4, StandardCharsets.US_ASCII).equals("VP8 ")) {
            throw new IOException("The encoder has not written a simple WebP");
        }
        byte[] text = packet.getBytes(StandardCharsets.UTF_8);
        int padding = text.length % 2;
        int size = simple.length + CHUNK_HEADER + ANNOUNCEMENT + CHUNK_HEADER + text.length + padding;
        ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(size - CHUNK_HEADER).put(ascii("WEBP"));
        file.put(ascii("VP8X")).putInt(ANNOUNCEMENT).putInt(HAS_XMP);
        put24(file, width - 1);
        put24(file, height - 1);
        file.put(simple, RIFF_HEADER, simple.length - RIFF_HEADER);
        file.put(ascii("XMP ")).putInt(text.length).put(text);
        return file.array();
    }

    private static void put24(ByteBuffer file, int number) {
        file.put((byte) number).put((byte) (number >> 8)).put((byte) (number >> 16));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
