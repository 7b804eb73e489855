package com.ourvidz.core.asset;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Where bytes are kept, by key. Keys are chosen by the platform: segments of {@code [A-Za-z0-9._-]}, none starting with a dot, joined by
 * {@code /}. Any other key is refused with {@link IllegalArgumentException} before storage is touched.
 */
public interface ObjectStore {

    /** Stored bytes, opened as often as needed. */
    interface StoredObject {
        long length();

        InputStream open() throws IOException;
    }

    /**
     * Keeps the stream under the key, replacing what was there; visible whole or not at all, and durable on return.
     *
     * @param limit the most bytes to take
     * @return the bytes taken
     * @throws ObjectTooLargeException when the stream is longer than the limit; nothing is kept
     */
    long put(String key, InputStream bytes, long limit) throws IOException;

    Optional<StoredObject> find(String key) throws IOException;

    /** Removes the object; nothing happens when there is none. */
    void delete(String key) throws IOException;

    /** The stream was longer than allowed. */
    final class ObjectTooLargeException extends IOException {
        public ObjectTooLargeException(long limit) {
            super("more than " + limit + " bytes");
        }
    }
}
