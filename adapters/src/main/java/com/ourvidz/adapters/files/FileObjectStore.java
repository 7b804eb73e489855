package com.ourvidz.adapters.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import com.ourvidz.core.asset.ObjectStore;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Objects as files below one directory, at the path that the key spells. A file is written aside, synced and moved into place, so that a
 * crash leaves the old bytes or the new ones. One store at a time may use a directory.
 */
public final class FileObjectStore implements ObjectStore {

    private static final String SEGMENT = "[A-Za-z0-9_-][A-Za-z0-9._-]*";
    private static final Pattern KEY = Pattern.compile(SEGMENT + "(/" + SEGMENT + ")*");
    private static final int BUFFER = 1 << 16;

    private final Path root;
    private final Path unfinished;

    /** @param root created if it is missing; what an earlier life left half written in it is removed */
    public FileObjectStore(Path root) throws IOException {
        this.root = Files.createDirectories(root).toRealPath();
        // No key can name it: it starts with a dot.
        this.unfinished = Files.createDirectories(this.root.resolve(".unfinished"));
        removeLeftovers();
    }

    @Override
    public long put(String key, InputStream bytes, long limit) throws IOException {
        var file = locate(key);
        var draft = Files.createTempFile(unfinished, "", "");
        try {
            var length = write(bytes, draft, limit);
            Files.createDirectories(parent(file));
            Files.move(draft, file, ATOMIC_MOVE, REPLACE_EXISTING);
            syncDirectories(parent(file));
            return length;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    @Override
    public Optional<StoredObject> find(String key) throws IOException {
        var file = locate(key);
        return Files.isRegularFile(file) ? Optional.of(new StoredFile(file, Files.size(file))) : Optional.empty();
    }

    @Override
    public void delete(String key) throws IOException {
        var file = locate(key);
        if (Files.deleteIfExists(file)) {
            sync(parent(file));
        }
    }

    /** An object in a file; {@code skip} on its stream seeks. */
    private record StoredFile(Path file, long length) implements StoredObject {
        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }

    private Path locate(String key) throws IOException {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("not an object key: " + key);
        }
        var file = root.resolve(key);
        requireInside(file);
        return file;
    }

    /** Whatever of the path exists must not lead out of the root through a link. */
    private void requireInside(Path file) throws IOException {
        var existing = file;
        while (!Files.exists(existing, NOFOLLOW_LINKS)) {
            existing = parent(existing);
        }
        if (!leadsInside(existing)) {
            throw new IOException(root.relativize(existing) + " is a link that leads out of the object store");
        }
    }

    private boolean leadsInside(Path existing) throws IOException {
        try {
            return existing.toRealPath().startsWith(root);
        } catch (NoSuchFileException e) {
            // A link to nothing; or another thread has just deleted the file, which is still inside.
            return !Files.isSymbolicLink(existing);
        }
    }

    private static long write(InputStream bytes, Path file, long limit) throws IOException {
        try (var out = new FileOutputStream(file.toFile())) {
            var length = copy(bytes, out, limit);
            out.getFD().sync();
            return length;
        }
    }

    private static long copy(InputStream from, OutputStream to, long limit) throws IOException {
        var buffer = new byte[BUFFER];
        var length = 0L;
        for (int count; (count = from.read(buffer)) >= 0; ) {
            length += count;
            if (length > limit) {
                throw new ObjectTooLargeException(limit);
            }
            to.write(buffer, 0, count);
        }
        return length;
    }

    /** From the directory up to the root, for any of them may be new. */
    private void syncDirectories(Path directory) throws IOException {
        for (var each = directory; each.startsWith(root); each = parent(each)) {
            sync(each);
        }
    }

    private static void sync(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory)) {
            channel.force(true);
        }
    }

    private static Path parent(Path path) throws IOException {
        var parent = path.getParent();
        if (parent == null) {
            throw new IOException(path + " has no parent directory");
        }
        return parent;
    }

    private void removeLeftovers() throws IOException {
        try (var leftovers = Files.list(unfinished)) {
            for (var leftover : leftovers.toList()) {
                Files.deleteIfExists(leftover);
            }
        }
    }
}
