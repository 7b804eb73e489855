package com.ourvidz.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Another platform uses this data directory. */
public final class PlatformRunningException extends RuntimeException {

    private final transient Optional<URI> url;

    PlatformRunningException(Path data, Optional<URI> url) {
        super("A platform is already running on " + data
                + url.map(at -> ", at " + at).orElse("") + ".");
        this.url = url;
    }

    /** Where it listens, once it does. */
    public Optional<URI> url() {
        return url;
    }
}
