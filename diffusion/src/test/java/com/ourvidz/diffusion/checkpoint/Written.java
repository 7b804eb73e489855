package com.ourvidz.diffusion.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files for the tests, written byte by byte, so that they can be wrong in any way. */
public final class Written {

    private Written() {}

    /** A {@code .safetensors} file with this header, apostrophes standing for quotation marks, and this data. */
    public static Path safetensors(Path file, String header, byte... data) {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + json.length + data.length);
        bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json).put(data);
        return bytes(file, bytes.array());
    }

    public static Path text(Path file, String json) {
        return bytes(file, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    public static Path bytes(Path file, byte... bytes) {
        try {
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    public static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
