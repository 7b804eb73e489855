package com.ourvidz.server;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The folder that the embedded default keeps everything in, held by one platform at a time. */
final class DataDirectory implements AutoCloseable {

    static final String DATABASE = "ourvidz.db";

    static final String OBJECTS = "objects";
    private static final String LOCK = "lock";
    private static final String URL = "server.url";

    /** What belongs to a running platform and to no copy of its data. */
    static final Set<String> OF_THE_RUNNING = Set.of(LOCK, URL, DATABASE + "-wal", DATABASE + "-shm");

    private final Path root;
    private final FileChannel lock;

    private DataDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Takes the directory, and makes it where there is none.
     *
     * @throws PlatformRunningException when another platform holds it
     */
    static DataDirectory take(Path root) {
        try {
            OwnerOnly.directory(root);
            var channel = FileChannel.open(root.resolve(LOCK), CREATE, WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new PlatformRunningException(root, announced(root));
            }
            Files.deleteIfExists(urlFile(root));
            return new DataDirectory(root, channel);
        } catch (IOException e) {
            throw SettingsException.of("OURVIDZ_DATA", "cannot be used: " + e + ".");
        }
    }

    Path database() {
        return database(root);
    }

    static Path database(Path root) {
        return root.resolve(DATABASE);
    }

    Path objects() {
        return root.resolve(OBJECTS);
    }

    /** Tells others where the platform listens. */
    void announce(URI url) {
        try {
            Files.writeString(urlFile(root), url.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the platform that holds the directory listens, if one has said so. */
    static Optional<URI> announced(Path root) throws IOException {
        try {
            return Optional.of(Files.readString(urlFile(root)).strip())
                    .filter(text -> !text.isEmpty())
                    .map(URI::create);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try (lock) {
            Files.deleteIfExists(urlFile(root));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            @Nullable Object taken = channel.tryLock();
            return taken != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this very process
        }
    }

    private static Path urlFile(Path root) {
        return root.resolve(URL);
    }
}
