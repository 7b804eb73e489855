package com.ourvidz.server.event;

import java.util.Optional;

/** What a client is to get next. Not safe for use by several threads. */
sealed interface Outbox permits JobOutbox, UserOutbox {

    /** In milliseconds, for browsers that lose the connection. */
    String BEGINNING = "retry: 1000\n";

    String COMMENT = ":\n\n";

    /** Keeps the connection alive where nothing else does. */
    void comment();

    /** The next bytes; empty when there is nothing to say. */
    Optional<byte[]> take();

    /** That the last event was taken. */
    boolean ended();
}
