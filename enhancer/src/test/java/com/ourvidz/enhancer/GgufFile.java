package com.ourvidz.enhancer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Writes GGUF, version 3: a header, key-value pairs, the tensors' descriptions and, aligned to 32 bytes, their values in float32. */
final class GgufFile {

    private static final int VERSION = 3;
    private static final int ALIGNMENT = 32;
    private static final int UINT32 = 4;
    private static final int INT32 = 5;
    private static final int FLOAT32 = 6;
    private static final int BOOL = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;
    private static final int TENSOR_F32 = 0;

    private final Map<String, Object> pairs = new LinkedHashMap<>();
    private final List<Tensor> tensors = new ArrayList<>();

    /** @param shape the fastest dimension first */
    private record Tensor(String name, List<Long> shape, FloatBuffer values) {

        int bytes() {
            return values.capacity() * Float.BYTES;
        }
    }

    /** @param value Integer, Float, Boolean, String, or a list of strings or integers */
    GgufFile with(String key, Object value) {
        pairs.put(key, value);
        return this;
    }

    GgufFile with(String name, float[] values, long... shape) {
        tensors.add(new Tensor(name, LongStream.of(shape).boxed().toList(), FloatBuffer.wrap(values)));
        return this;
    }

    Path write(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            var head = head();
            out.write(head);
            pad(out, head.length);
            for (var tensor : tensors) {
                var bytes = ByteBuffer.allocate(tensor.bytes()).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(tensor.values.duplicate());
                out.write(bytes.array());
                pad(out, bytes.capacity());
            }
        }
        return file;
    }

    private byte[] head() {
        var head = new Bytes();
        head.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        head.uint32(VERSION);
        head.uint64(tensors.size());
        head.uint64(pairs.size());
        pairs.forEach((key, value) -> {
            head.string(key);
            head.typed(value);
        });
        var offset = 0L;
        for (var tensor : tensors) {
            head.string(tensor.name);
            head.uint32(tensor.shape.size());
            tensor.shape.forEach(head::uint64);
            head.uint32(TENSOR_F32);
            head.uint64(offset);
            offset += aligned(tensor.bytes());
        }
        return head.toByteArray();
    }

    private static long aligned(long length) {
        return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private static void pad(OutputStream out, long written) throws IOException {
        out.write(new byte[(int) (aligned(written) - written)]);
    }

    private static final class Bytes extends ByteArrayOutputStream {

        void typed(Object value) {
            uint32(type(value));
            value(value);
        }

        void value(Object value) {
            switch (value) {
                case String text -> string(text);
                case Integer number -> uint32(number);
                case Float number -> uint32(Float.floatToIntBits(number));
                case Boolean flag -> write(flag ? 1 : 0);
                case List<?> list -> array(list);
                default -> throw new IllegalArgumentException(value.toString());
            }
        }

        /** Integers in arrays are signed, as token types are; others are not. */
        private void array(List<?> list) {
            var first = list.getFirst();
            uint32(first instanceof Integer ? INT32 : type(first));
            uint64(list.size());
            list.forEach(this::value);
        }

        private static int type(Object value) {
            return switch (value) {
                case String _ -> STRING;
                case Integer _ -> UINT32;
                case Float _ -> FLOAT32;
                case Boolean _ -> BOOL;
                case List<?> _ -> ARRAY;
                default -> throw new IllegalArgumentException(value.toString());
            };
        }

        void string(String text) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            uint64(bytes.length);
            writeBytes(bytes);
        }

        void uint32(int number) {
            writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(number)
                    .array());
        }

        void uint64(long number) {
            writeBytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(number)
                    .array());
        }
    }
}
