package com.ourvidz.server.studio;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file of the studio, as it is and compressed. */
final class StudioFile {

    private static final String FOLDER = "/com/ourvidz/studio/";

    private final String mediaType;
    private final byte[] bytes;
    private final byte[] gzipped;

    private StudioFile(String mediaType, byte[] bytes, byte[] gzipped) {
        this.mediaType = mediaType;
        this.bytes = bytes;
        this.gzipped = gzipped;
    }

    /** A file by its path in the studio; empty for one that there is none of. */
    static Optional<StudioFile> read(String path) {
        try (var file = open(path);
                var compressed = open(path + ".gz")) {
            if (file == null || compressed == null) {
                return Optional.empty();
            }
            var bytes = file.readAllBytes();
            return Optional.of(new StudioFile(mediaType(path), bytes, compressed.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String mediaType() {
        return mediaType;
    }

    byte[] bytes(boolean zipped) {
        return zipped ? gzipped : bytes;
    }

    /** The two forms are different bytes, so they have different tags. */
    String etag(boolean zipped) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(digest, 0, 16) + (zipped ? "-gzip" : "") + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }

    private static @Nullable InputStream open(String path) {
        return StudioFile.class.getResourceAsStream(FOLDER + path);
    }

    private static String mediaType(String path) {
        return switch (path.substring(path.lastIndexOf('.') + 1)) {
            case "html" -> "text/html;charset=UTF-8";
            case "js" -> "text/javascript;charset=UTF-8";
            case "css" -> "text/css;charset=UTF-8";
            case "svg" -> "image/svg+xml";
            default -> "text/plain;charset=UTF-8";
        };
    }
}
