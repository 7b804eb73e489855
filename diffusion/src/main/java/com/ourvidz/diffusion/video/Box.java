package com.ourvidz.diffusion.video;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the parts that an MP4 file consists of (ISO 14496-12).
 *
 * @param type four letters, e.g. {@code moov}
 * @param start of what is in it, from the file's beginning
 * @param length of what is in it
 */
record Box(String type, long start, long length) {

    private static final int HEADER = 8;
    private static final int LONG_HEADER = 16;

    /** The outermost boxes, in the file's order. */
    static List<Box> outermost(Path file) throws IOException {
        List<Box> boxes = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file)) {
            for (long place = 0; place < channel.size(); ) {
                Box box = at(place, channel);
                boxes.add(box);
                place = box.start + box.length;
            }
        }
        return boxes;
    }

    private static Box at(long place, FileChannel channel) throws IOException {
        ByteBuffer header = read(place, HEADER, channel);
        long size = Integer.toUnsignedLong(header.getInt());
        byte[] type = new byte[4];
        header.get(type);
        int before = HEADER;
        if (size == 0) { // the rest of the file
            size = channel.size() - place;
        } else if (size == 1) { // too large for 32 bits
            size = read(place + HEADER, LONG_HEADER - HEADER, channel).getLong();
            before = LONG_HEADER;
        }
        if (size < before || size > channel.size() - place) {
            throw new IOException("It is no MP4 file, or damaged: a part of " + size + " bytes at " + place);
        }
        return new Box(new String(type, StandardCharsets.ISO_8859_1), place + before, size - before);
    }

    /** What is in it. */
    byte[] read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return read(start, Math.toIntExact(length), channel).array();
        }
    }

    private static ByteBuffer read(long place, int length, FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, place + bytes.position()) < 0) {
                throw new EOFException("it ends too early");
            }
        }
        return bytes.flip();
    }
}
