package com.ourvidz.server.reference;

import com.ourvidz.core.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.apache.tomcat.util.http.fileupload.UploadContext;

/** A request's body that has to be there in time, however busily it drips. */
final class TimedBody implements UploadContext {

    private final HttpServletRequest request;
    private final InputStream stream;

    TimedBody(HttpServletRequest request, Duration limit) throws IOException {
        this.request = request;
        this.stream = new TimedStream(request.getInputStream(), System.nanoTime() + limit.toNanos());
    }

    @Override
    public String getCharacterEncoding() {
        return "UTF-8";
    }

    @Override
    public String getContentType() {
        return request.getContentType();
    }

    @Override
    public long contentLength() {
        return request.getContentLengthLong();
    }

    @Override
    public InputStream getInputStream() {
        return stream;
    }

    private static final class TimedStream extends FilterInputStream {
        private final long deadline;

        TimedStream(InputStream stream, long deadline) {
            super(stream);
            this.deadline = deadline;
        }

        @Override
        public int read() throws IOException {
            requireTime();
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            requireTime();
            return super.read(bytes, offset, length);
        }

        /** The parser closes what it refuses, but the client may still be writing. */
        @Override
        public void close() {}

        private void requireTime() {
            if (System.nanoTime() - deadline > 0) {
                throw Rejection.invalid("The upload took too long.").with("referenceImageError", true);
            }
        }
    }
}
