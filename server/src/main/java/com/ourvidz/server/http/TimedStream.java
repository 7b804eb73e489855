package com.ourvidz.server.http;

import com.ourvidz.core.Rejection;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A request's body that has to be there in time, however busily it drips. The container's own timeout, which starts anew with each byte,
 * ends a read that waits for nothing.
 */
public final class TimedStream extends FilterInputStream {

    private final long deadline;

    /**
     * The clock runs from now on.
     *
     * @param limit after which a read is refused with {@link Rejection} {@code INVALID}
     */
    public TimedStream(InputStream stream, Duration limit) {
        super(stream);
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    @Override
    public int read() throws IOException {
        requireTime();
        try {
            return super.read();
        } catch (SocketTimeoutException e) {
            throw tooLong();
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        requireTime();
        try {
            return super.read(bytes, offset, length);
        } catch (SocketTimeoutException e) {
            throw tooLong();
        }
    }

    /** Whoever reads closes what it refuses, but the client may still be writing. */
    @Override
    public void close() {}

    private void requireTime() {
        if (System.nanoTime() - deadline > 0) {
            throw tooLong();
        }
    }

    private static Rejection tooLong() {
        return Rejection.invalid("The upload took too long.");
    }
}
