package com.ourvidz.server;

import com.ourvidz.adapters.sql.SqliteFile;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Copies of a data directory, made while a platform runs on it: the database as it was at one moment, then the objects, which never change,
 * and the rest, secrets included. A copy is a folder or a {@code .zip} file that only its owner may read.
 */
public final class Backup {

    private final Path data;

    /** @param data the directory of a platform that runs or does not */
    public Backup(Path data) {
        this.data = data;
    }

    /**
     * What a copy holds.
     *
     * @param objects pictures and videos that have to be there
     * @param lost of these, the keys of those that are not there, although nobody has deleted them
     */
    public record Contents(int objects, Set<String> lost) {}

    /**
     * Makes a copy.
     *
     * @param target a new folder, or a new file whose name ends in {@code .zip}
     */
    public Contents take(Path target) throws IOException {
        if (!Files.isRegularFile(data.resolve(DataDirectory.DATABASE))) {
            throw new IOException("there is no platform's data in " + data);
        }
        if (Files.exists(target)) {
            throw new IOException(target + " exists already");
        }
        var whole = target.toAbsolutePath().normalize();
        var room = Files.createTempDirectory(Files.createDirectories(parent(whole)), ".backup"); // others may not enter
        try {
            var draft = room.resolve("copy");
            OwnerOnly.directory(draft);
            var contents = copy(draft);
            Files.move(whole.toString().endsWith(".zip") ? zip(draft, room.resolve("copy.zip")) : draft, whole);
            return contents;
        } finally {
            delete(room);
        }
    }

    /**
     * Puts a copy into a directory that is empty or yet to be made, and looks whether all is there.
     *
     * @param copy what {@link #take} has made
     */
    public static Contents restore(Path copy, Path into) throws IOException {
        var data = into.toAbsolutePath().normalize();
        requireEmpty(data);
        OwnerOnly.directory(data);
        if (Files.isDirectory(copy)) {
            copyTree(copy, data, Set.of());
        } else {
            try (var zip = FileSystems.newFileSystem(copy)) {
                copyTree(zip.getPath("/"), data, Set.of());
            }
        }
        return check(data);
    }

    private static Contents check(Path data) throws IOException {
        var file = data.resolve(DataDirectory.DATABASE);
        if (!Files.isRegularFile(file)) {
            throw new IOException("this is no backup: it has no " + DataDirectory.DATABASE);
        }
        var database = new SqliteFile(file);
        var wrong = Stream.concat(database.damage().stream(), database.discrepancies().stream())
                .toList();
        if (!wrong.isEmpty()) {
            throw new IOException("the restored database is not whole: " + String.join("; ", wrong));
        }
        var keys = database.objectKeys();
        return new Contents(keys.size(), missing(data, keys));
    }

    /** The database first: whatever it speaks of was there then, and goes only when a user deletes it. */
    private Contents copy(Path draft) throws IOException {
        var copy = new SqliteFile(draft.resolve(DataDirectory.DATABASE));
        var live = new SqliteFile(data.resolve(DataDirectory.DATABASE));
        live.copyTo(draft.resolve(DataDirectory.DATABASE));
        var others = new HashSet<>(DataDirectory.OF_THE_RUNNING);
        others.add(DataDirectory.DATABASE);
        copyTree(data, draft, others);
        var keys = copy.objectKeys();
        var missing = missing(draft, keys);
        var deleted = missing.isEmpty() ? missing : without(missing, live.objectKeys());
        copy.forget(deleted);
        return new Contents(keys.size() - deleted.size(), without(missing, deleted));
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        return all.stream().filter(one -> !some.contains(one)).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> missing(Path data, Set<String> keys) {
        var objects = data.resolve(DataDirectory.OBJECTS);
        return keys.stream()
                .filter(key -> !Files.isRegularFile(objects.resolve(key)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Files that vanish on the way were deleted; those whose folder starts with a dot are not finished. */
    private static void copyTree(Path from, Path to, Set<String> without) throws IOException {
        for (var file : files(from)) {
            var name = from.relativize(file).toString();
            var target = to.resolve(name).normalize();
            if (without.contains(name) || unfinished(from.relativize(file)) || !target.startsWith(to)) {
                continue;
            }
            try {
                OwnerOnly.directory(parent(target));
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            } catch (NoSuchFileException e) {
                // deleted since it was listed
            }
        }
    }

    private static boolean unfinished(Path relative) {
        return Stream.iterate(relative, path -> path != null, Path::getParent)
                .map(Path::getFileName)
                .anyMatch(name -> name != null && name.toString().startsWith("."));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    /** Without compressing: nearly all of it is pictures and videos. */
    private static Path zip(Path folder, Path target) throws IOException {
        try (var zip = FileSystems.newFileSystem(target, Map.of("create", "true", "compressionMethod", "STORED"))) {
            for (var file : files(folder)) {
                var entry = zip.getPath("/").resolve(folder.relativize(file).toString());
                Files.createDirectories(parent(entry));
                Files.copy(file, entry);
            }
        }
        OwnerOnly.restrict(target);
        return target;
    }

    private static Path parent(Path path) throws IOException {
        var parent = path.getParent();
        if (parent == null) {
            throw new IOException(path + " has no parent directory");
        }
        return parent;
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void requireEmpty(Path data) throws IOException {
        if (Files.exists(data)) {
            try (var entries = Files.list(data)) {
                if (entries.findAny().isPresent()) {
                    throw new IOException(data + " is not empty: a backup goes into a new directory");
                }
            }
        }
    }
}
