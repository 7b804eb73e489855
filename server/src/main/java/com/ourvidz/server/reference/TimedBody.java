package com.ourvidz.server.reference;

import com.ourvidz.server.http.TimedStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.apache.tomcat.util.http.fileupload.UploadContext;

/** A request's body that has to be there in time, as the parser of forms reads it. */
final class TimedBody implements UploadContext {

    private final HttpServletRequest request;
    private final InputStream stream;

    TimedBody(HttpServletRequest request, Duration limit) throws IOException {
        this.request = request;
        this.stream = new TimedStream(request, limit);
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
}
