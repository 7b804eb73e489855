package com.ourvidz.diffusion.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The header of a {@code .safetensors} file: eight bytes with its length (little endian), then a JSON object that names
 * every tensor's type, shape and place. The tensors lie behind it without a gap, up to the end of the file.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
final class SafetensorsHeader {

    /** As in the reference implementation. */
    private static final int LONGEST = 100_000_000;

    private static final String METADATA = "__metadata__";

    private final Path path;
    private final long dataStart;

    private SafetensorsHeader(Path path, long dataStart) {
        this.path = path;
        this.dataStart = dataStart;
    }

    /** The file's tensors by name, in the order in which they lie in the file. */
    static Map<String, StoredTensor> read(Path path, FileChannel channel) {
        try {
            return read(path, channel, channel.size());
        } catch (IOException e) {
            throw new CheckpointException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<String, StoredTensor> read(Path path, FileChannel channel, long fileSize) throws IOException {
        ByteBuffer start = bytes(channel, 0, (int) Math.min(ForeignFormat.LONGEST_MARK, fileSize));
        Optional<String> problem = problem(start, fileSize);
        if (problem.isPresent()) {
            throw refused(path, start, problem.get());
        }
        int length = (int) start.getLong(0);
        JsonNode json =
                Json.parseObject(path, bytes(channel, Long.BYTES, length).array());
        return new SafetensorsHeader(path, Long.BYTES + length).tensors(json, fileSize);
    }

    /** Why the first bytes cannot be the length of a header of this file. */
    private static Optional<String> problem(ByteBuffer start, long fileSize) {
        if (fileSize < Long.BYTES) {
            return Optional.of("it is only " + fileSize + " bytes long");
        }
        long length = start.getLong(0);
        if (length < 0 || length > LONGEST) {
            return Optional.of("its header of " + Long.toUnsignedString(length) + " bytes is too long");
        }
        return length > fileSize - Long.BYTES
                ? Optional.of("its header of " + length + " bytes ends beyond the file's " + fileSize)
                : Optional.empty();
    }

    private Map<String, StoredTensor> tensors(JsonNode json, long fileSize) {
        List<StoredTensor> tensors = new ArrayList<>();
        json.forEachEntry((name, entry) -> {
            if (!name.equals(METADATA)) {
                tensors.add(tensor(name, entry));
            }
        });
        tensors.sort(Comparator.comparingLong(StoredTensor::begin).thenComparingLong(StoredTensor::end));
        requireContiguous(tensors, fileSize);
        Map<String, StoredTensor> byName = new LinkedHashMap<>();
        tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
        return byName;
    }

    private StoredTensor tensor(String name, JsonNode entry) {
        String typeName = entry.path("dtype").asString("");
        StoredType type =
                StoredType.named(typeName).orElseThrow(() -> damaged(name, "has the unknown type '" + typeName + "'"));
        List<Long> shape = naturals(name, entry, "shape");
        List<Long> offsets = naturals(name, entry, "data_offsets");
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
            throw damaged(name, "has the data_offsets " + offsets);
        }
        StoredTensor tensor =
                new StoredTensor(name, type, shape, place(name, offsets.get(0)), place(name, offsets.get(1)));
        if (tensor.size() != size(tensor)) {
            throw damaged(name, "takes " + tensor.size() + " bytes, but " + type + shape + " needs " + size(tensor));
        }
        return tensor;
    }

    private long place(String name, long offset) {
        try {
            return Math.addExact(dataStart, offset);
        } catch (ArithmeticException e) {
            throw damaged(name, "lies beyond any file");
        }
    }

    private long size(StoredTensor tensor) {
        try {
            return tensor.shape().stream().reduce((long) tensor.type().bytes, Math::multiplyExact);
        } catch (ArithmeticException e) {
            throw damaged(tensor.name(), "has the impossible shape " + tensor.shape());
        }
    }

    private List<Long> naturals(String name, JsonNode entry, String key) {
        JsonNode list = entry.path(key);
        if (!list.isArray() || !list.valueStream().allMatch(SafetensorsHeader::isNatural)) {
            throw damaged(name, "has no list of natural numbers as its '" + key + "'");
        }
        return list.valueStream().map(JsonNode::longValue).toList();
    }

    private static boolean isNatural(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0;
    }

    private void requireContiguous(List<StoredTensor> tensors, long fileSize) {
        long end = dataStart;
        for (StoredTensor tensor : tensors) {
            if (tensor.begin() < end) {
                throw damaged(tensor.name(), "overlaps the one before it");
            }
            if (tensor.begin() > end) {
                throw damaged(tensor.name(), "leaves " + (tensor.begin() - end) + " bytes unused before it");
            }
            if (tensor.end() > fileSize) {
                throw damaged(
                        tensor.name(),
                        "ends at byte " + tensor.end() + " of a file of " + fileSize + ": the file is truncated");
            }
            end = tensor.end();
        }
        if (end != fileSize) {
            throw new CheckpointException(
                    path + " is damaged: " + (fileSize - end) + " bytes follow the last tensor. Copy the file again.");
        }
    }

    private CheckpointException damaged(String tensor, String problem) {
        return new CheckpointException(
                path + " is damaged: tensor '" + tensor + "' " + problem + ". Copy the file again.");
    }

    private static CheckpointException refused(Path path, ByteBuffer start, String problem) {
        return ForeignFormat.of(start)
                .map(format -> format.refuse(path))
                .orElseGet(() -> new CheckpointException(
                        path + " is not a .safetensors file: " + problem + ". Copy the file again."));
    }

    private static ByteBuffer bytes(FileChannel channel, long position, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new IOException("the file became shorter while it was read");
            }
        }
        return bytes.flip();
    }
}
