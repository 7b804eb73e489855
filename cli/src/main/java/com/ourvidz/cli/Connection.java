package com.ourvidz.cli;

import java.net.URI;

/**
 * A platform to talk to.
 *
 * @param end stops what was started for it
 */
record Connection(ApiClient api, Runnable end) implements AutoCloseable {

    /** To a platform that was running before and runs on. */
    static Connection to(URI server, String token) {
        return new Connection(new ApiClient(server, token), () -> {});
    }

    @Override
    public void close() {
        end.run();
    }
}
