package com.ourvidz.diffusion;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Damage to files as disks, downloads and people do it. What it does follows from the random numbers alone. */
public final class Mutation {

    private static final JsonMapper JSON = new JsonMapper();

    /** What no setting should be, as JSON; one of them fits the type of any setting. */
    private static final List<String> HOSTILE = List.of(
            "null",
            "-1",
            "0",
            "1",
            "2",
            "3",
            "7",
            "0.5",
            "1e-300",
            "1e300",
            "1e999",
            "1000000000",
            "2147483647",
            "-2147483648",
            "9223372036854775807",
            "123456789012345678901234567890",
            "true",
            "false",
            "\"\"",
            "\"2\"",
            "\"silu\"",
            "\"../..\"",
            "[]",
            "[null]",
            "[0, 0, 0]",
            "[1000000000, 1000000000, 1000000000]",
            "[32, 64, 64, 64, 64]",
            "{}",
            "{\"content\": \"fox\"}");

    private static final List<String> TYPES =
            List.of("F64", "F32", "F16", "BF16", "F8_E4M3", "F8_E5M2", "I64", "I8", "BOOL", "F33", "");

    private final Random random;

    public Mutation(long seed) {
        this.random = new Random(seed);
    }

    /** Of any file: bits flipped, bytes put in, taken out or cut off. The first bytes are hit as often as the rest. */
    public byte[] ofBytes(byte[] whole) {
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(whole, random.nextInt(whole.length));
            case 1 -> spliced(whole, place(whole), 0, 1 + random.nextInt(9));
            case 2 -> spliced(whole, place(whole), 1 + random.nextInt(9), 0);
            default -> flipped(whole);
        };
    }

    private int place(byte[] whole) {
        return random.nextInt(random.nextBoolean() ? Math.min(whole.length, 4096) : whole.length);
    }

    private byte[] flipped(byte[] whole) {
        byte[] bytes = whole.clone();
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
            bytes[place(whole)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private byte[] spliced(byte[] whole, int at, int left, int added) {
        byte[] noise = new byte[added];
        random.nextBytes(noise);
        int rest = Math.min(whole.length, at + left);
        return ByteBuffer.allocate(at + added + whole.length - rest)
                .put(whole, 0, at)
                .put(noise)
                .put(whole, rest, whole.length - rest)
                .array();
    }

    /** Of a JSON file: a value at any depth is replaced or removed. */
    public byte[] ofSettings(byte[] whole) {
        ObjectNode settings = (ObjectNode) JSON.readTree(whole);
        alter(settings);
        return JSON.writeValueAsBytes(settings);
    }

    private void alter(JsonNode parent) {
        if (parent instanceof ObjectNode object && !object.isEmpty()) {
            String name = any(List.copyOf(object.propertyNames()));
            if (goesDeeper(object.get(name))) {
                alter(object.get(name));
            } else if (random.nextInt(8) == 0) {
                object.remove(name);
            } else {
                object.set(name, hostile());
            }
        } else if (parent instanceof ArrayNode array && !array.isEmpty()) {
            array.set(random.nextInt(array.size()), hostile());
        }
    }

    private boolean goesDeeper(JsonNode value) {
        return value.isContainer() && !value.isEmpty() && random.nextBoolean();
    }

    private JsonNode hostile() {
        return JSON.readTree(any(HOSTILE));
    }

    /** Of a {@code .safetensors} file: the type, the shape, the place or the name of a tensor is another. */
    public byte[] ofTensors(byte[] whole) {
        ByteBuffer file = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        byte[] header = new byte[Math.toIntExact(file.getLong())];
        file.get(header);
        ObjectNode tensors = (ObjectNode) JSON.readTree(header);
        alterTensor(tensors);
        byte[] altered = tensors.toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + altered.length + file.remaining())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(altered.length)
                .put(altered)
                .put(file)
                .array();
    }

    private void alterTensor(ObjectNode tensors) {
        List<String> names = new ArrayList<>(tensors.propertyNames());
        names.remove("__metadata__");
        ObjectNode tensor = (ObjectNode) tensors.get(any(names));
        switch (random.nextInt(6)) {
            case 0 -> tensor.put("dtype", any(TYPES));
            case 1 -> reshape(tensor.withArrayProperty("shape"));
            case 2 -> alter(tensor.withArrayProperty("data_offsets"));
            case 3 -> exchange(tensors, any(names), any(names));
            case 4 -> tensors.set(any(names) + ".", tensors.remove(any(names)));
            default -> alter(tensor);
        }
    }

    /** Another shape of as many numbers, so that nothing is wrong but the shape. */
    private static void reshape(ArrayNode shape) {
        if (shape.size() > 1) {
            JsonNode first = shape.remove(0);
            shape.add(first);
        } else {
            shape.insert(0, 1);
        }
    }

    private static void exchange(ObjectNode tensors, String one, String other) {
        JsonNode kept = tensors.get(one);
        tensors.set(one, tensors.get(other));
        tensors.set(other, kept);
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
