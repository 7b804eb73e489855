package com.ourvidz.diffusion;

import com.ourvidz.diffusion.checkpoint.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A copy of a checkpoint, changed as a test needs it. */
public final class Tampered {

    /** NaN in float16, which the tiny checkpoints are stored in. */
    private static final short NAN = 0x7e00;

    private final Path folder;

    private Tampered(Path folder) {
        this.folder = folder;
    }

    /** Copies a folder of {@code src/test/resources/reference} into an empty one. */
    public static Tampered copy(String reference, Path target) {
        Path source = Golden.path(reference);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = target.resolve(source.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Tampered(target);
    }

    public Path folder() {
        return folder;
    }

    /** The settings in one of its files. */
    public Config config(String file) {
        return Config.read(folder.resolve(file));
    }

    /** Gives a setting another value, both as JSON writes them. */
    public Tampered setting(String file, String name, String value) {
        Pattern setting = Pattern.compile("\"" + name + "\": *(\\[[^\\]]*\\]|[^,\\n}]*)");
        return text(file, json -> setting.matcher(json).replaceFirst("\"" + name + "\": " + value));
    }

    public Tampered text(String file, UnaryOperator<String> change) {
        byte[] bytes =
                change.apply(new String(read(file), StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        return write(file, bytes);
    }

    /** Changes the header of a {@code .safetensors} file, and leaves the data. */
    public Tampered header(String file, UnaryOperator<String> change) {
        ByteBuffer old = ByteBuffer.wrap(read(file)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] header = new byte[Math.toIntExact(old.getLong())];
        old.get(header);
        byte[] changed =
                change.apply(new String(header, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + changed.length + old.remaining());
        return write(
                file,
                bytes.order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(changed.length)
                        .put(changed)
                        .put(old)
                        .array());
    }

    /** Makes the first number of a tensor NaN. */
    public Tampered nan(String file, String tensor) {
        ByteBuffer bytes = ByteBuffer.wrap(read(file)).order(ByteOrder.LITTLE_ENDIAN);
        int headerSize = Math.toIntExact(bytes.getLong(0));
        String header = new String(bytes.array(), Long.BYTES, headerSize, StandardCharsets.UTF_8);
        MatchResult entry = Pattern.compile("\"" + Pattern.quote(tensor) + "\":\\{[^}]*\"data_offsets\":\\[(\\d+),")
                .matcher(header)
                .results()
                .findFirst()
                .orElseThrow();
        bytes.putShort(Long.BYTES + headerSize + Integer.parseInt(entry.group(1)), NAN);
        return write(file, bytes.array());
    }

    private byte[] read(String file) {
        try {
            return Files.readAllBytes(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Tampered write(String file, byte[] bytes) {
        try {
            Files.write(folder.resolve(file), bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
