package com.ourvidz.diffusion.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a {@code .safetensors} file says beside its tensors. */
public final class Metadata {

    private Metadata() {}

    /**
     * The texts in the header, by name; none where it has none.
     *
     * @param file one that {@link Weights} opened, so that its header is known to be whole
     * @throws CheckpointException when it cannot be read any more
     */
    public static Config read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            ByteBuffer length = ByteBuffer.wrap(in.readNBytes(Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
            return Config.of(file, in.readNBytes(Math.toIntExact(length.getLong(0))))
                    .section("__metadata__");
        } catch (IOException e) {
            throw new CheckpointException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
