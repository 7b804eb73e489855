package com.ourvidz.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The platform's secrets: given by settings, or made at the first start and kept in the data directory.
 *
 * @param jwt signs and checks tokens; at least 32 bytes
 * @param workerKey what workers present
 * @param links signs links to assets
 */
record Secrets(String jwt, String workerKey, String links) {

    private static final int SHORTEST = 32;
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]+");

    /** @throws SettingsException for a secret that is too short, or cannot be kept */
    static Secrets of(Settings settings) {
        return new Secrets(jwt(settings), workerKey(settings), kept(settings.data(), "links.secret"));
    }

    /** The token secret alone: enough to issue a token without a running platform. */
    static String jwt(Settings settings) {
        var secret = given(settings.jwtSecret(), settings.data(), "jwt.secret");
        var length = secret.getBytes(StandardCharsets.UTF_8).length;
        if (length < SHORTEST) {
            throw SettingsException.of(
                    "OURVIDZ_JWT_SECRET",
                    "is too short: it must have at least " + SHORTEST + " bytes and has " + length + ".");
        }
        return secret;
    }

    private static String workerKey(Settings settings) {
        var key = given(settings.workerKey(), settings.data(), "worker.key");
        if (!KEY.matcher(key).matches()) {
            throw SettingsException.of("OURVIDZ_WORKER_KEY", "must be visible ASCII characters without spaces.");
        }
        return key;
    }

    private static String given(Optional<String> setting, Path data, String name) {
        return setting.orElseGet(() -> kept(data, name));
    }

    private static String kept(Path data, String name) {
        try {
            OwnerOnly.directory(data);
            return madeOnce(data.resolve(name));
        } catch (IOException e) {
            throw SettingsException.of("OURVIDZ_DATA", "cannot keep " + name + ": " + e + ".");
        }
    }

    private static String madeOnce(Path file) throws IOException {
        if (!Files.exists(file)) {
            try {
                OwnerOnly.file(file, random());
            } catch (FileAlreadyExistsException e) {
                // another process was faster: its secret counts
            }
        }
        return Files.readString(file).strip();
    }

    private static String random() {
        var bytes = new byte[SHORTEST];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
