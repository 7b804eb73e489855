package com.ourvidz.diffusion.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * An open {@code .safetensors} file whose header has been checked against the file. A tensor is memory-mapped while it
 * is read and no longer, so that reading a whole model takes no more memory than the model and its largest tensor.
 */
final class SafetensorsFile implements AutoCloseable {

    private final Path path;
    private final FileChannel channel;
    private final Map<String, StoredTensor> tensors;

    private SafetensorsFile(Path path, FileChannel channel, Map<String, StoredTensor> tensors) {
        this.path = path;
        this.channel = channel;
        this.tensors = tensors;
    }

    /**
     * Opens a file and checks its header.
     *
     * @throws CheckpointException when the file is missing or is not a whole, well-formed {@code .safetensors} file
     */
    static SafetensorsFile open(Path path) {
        FileChannel channel = channel(path);
        try {
            return new SafetensorsFile(path, channel, SafetensorsHeader.read(path, channel));
        } catch (RuntimeException e) {
            close(channel);
            throw e;
        }
    }

    Set<String> names() {
        return tensors.keySet();
    }

    StoredTensor tensor(String name) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new CheckpointException(path + " holds no tensor '" + name + "'");
        }
        return tensor;
    }

    /**
     * A copy of the tensor in LibTorch's memory: converted to {@code dtype} when it is a floating-point tensor, as
     * stored otherwise.
     */
    Tensor read(StoredTensor tensor, ScalarType dtype) {
        ScalarType type = tensor.type().scalarType;
        ScalarType wanted = tensor.type().isFloatingPoint() ? dtype : type;
        List<Long> stored = tensor.transposed() ? tensor.shape().reversed() : tensor.shape();
        long[] shape = stored.stream().mapToLong(Long::longValue).toArray();
        try (Arena arena = Arena.ofConfined();
                Pointer bytes = new MappedBytes(map(tensor, arena));
                TensorOptions options = new TensorOptions(type);
                Tensor mapped = torch.from_blob(bytes, shape, options)) {
            return tensor.transposed() ? transposed(mapped, wanted) : mapped.to(wanted, false, true, null);
        }
    }

    private static Tensor transposed(Tensor mapped, ScalarType wanted) {
        try (Tensor turned = mapped.t();
                MemoryFormatOptional rowByRow = new MemoryFormatOptional(MemoryFormat.Contiguous)) {
            return turned.to(wanted, false, true, rowByRow);
        }
    }

    @Override
    public void close() {
        close(channel);
    }

    @Override
    public String toString() {
        return path.toString();
    }

    private MemorySegment map(StoredTensor tensor, Arena arena) {
        try {
            return channel.map(MapMode.READ_ONLY, tensor.begin(), tensor.size(), arena);
        } catch (IOException e) {
            throw new CheckpointException(
                    path + ": tensor '" + tensor.name() + "' cannot be read: " + e.getMessage(), e);
        }
    }

    private static FileChannel channel(Path path) {
        try {
            return FileChannel.open(path, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new CheckpointException(path + " is missing. Copy the whole checkpoint, or choose another.", e);
        } catch (IOException e) {
            throw new CheckpointException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A mapped range as LibTorch takes it; the arena owns the memory. */
    private static final class MappedBytes extends Pointer {
        MappedBytes(MemorySegment segment) {
            address = segment.address();
        }
    }
}
