package com.ourvidz.server.http;

import com.ourvidz.core.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A request's body that has to be there in time, however busily it drips. The container's own timeout, which starts anew with each byte,
 * ends a read that waits for nothing.
 */
public final class TimedStream extends FilterInputStream {

    /** The attribute of a request that took too long: nothing more is to be read of it. */
    static final String CUT = TimedStream.class.getName();

    private final HttpServletRequest request;
    private final long deadline;

    /**
     * The clock runs from now on.
     *
     * @param limit after which a read is refused with {@link Rejection} {@code INVALID}
     */
    public TimedStream(HttpServletRequest request, Duration limit) throws IOException {
        super(request.getInputStream());
        this.request = request;
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

    private Rejection tooLong() {
        request.setAttribute(CUT, true);
        return Rejection.invalid("The upload took too long.");
    }
}
