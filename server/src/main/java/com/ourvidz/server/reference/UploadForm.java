package com.ourvidz.server.reference;

import com.ourvidz.core.Rejection;
import com.ourvidz.core.reference.References;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.MultipartStream;
import org.apache.tomcat.util.http.fileupload.impl.FileCountLimitExceededException;
import org.apache.tomcat.util.http.fileupload.impl.FileUploadIOException;
import org.apache.tomcat.util.http.fileupload.impl.SizeException;
import org.apache.tomcat.util.http.fileupload.servlet.ServletRequestContext;

/** The form of an upload, read part by part and no further than its limits: {@code file}, and {@code consent} as true or false. */
final class UploadForm {

    private static final int MOST_PARTS = 8;
    private static final int LONGEST_VALUE = 16;
    /** Beside the file, for the parts' headers. */
    private static final long ROOM = 65_536;

    private static final int BUFFER = 1 << 14;
    private static final String TOO_LARGE = "The picture is too large: at most 10 MB.";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Optional<byte[]> file = Optional.empty();
    private boolean consent;

    private UploadForm() {}

    byte[] file() {
        return file.orElseThrow(() -> refused(Rejection.Reason.INVALID, "The form has no part named file."));
    }

    boolean consent() {
        return consent;
    }

    /** @throws Rejection {@code INVALID} or {@code TOO_LARGE}, with {@code referenceImageError} */
    static UploadForm read(HttpServletRequest request) throws IOException {
        var upload = new FileUpload();
        upload.setSizeMax(References.MAX_BYTES + ROOM);
        upload.setFileCountMax(MOST_PARTS);
        try {
            var form = new UploadForm();
            var deadline = System.nanoTime() + LIMIT.toNanos();
            for (var parts = upload.getItemIterator(new ServletRequestContext(request)); parts.hasNext(); ) {
                form.take(parts.next(), deadline);
            }
            return form;
        } catch (FileUploadException | FileUploadIOException | MultipartStream.MalformedStreamException e) {
            throw tooLarge(e)
                    ? refused(Rejection.Reason.TOO_LARGE, TOO_LARGE)
                    : refused(Rejection.Reason.INVALID, "The body is not a valid multipart form.");
        }
    }

    private void take(FileItemStream part, long deadline) throws IOException {
        try (var stream = part.openStream()) {
            switch (Optional.ofNullable(part.getFieldName()).orElse("")) {
                case "file" -> file = Optional.of(bytes(stream, References.MAX_BYTES, deadline));
                case "consent" -> consent = flag(bytes(stream, LONGEST_VALUE, deadline));
                default -> bytes(stream, References.MAX_BYTES, deadline); // ignored, like unknown fields elsewhere
            }
        }
    }

    private static boolean flag(byte[] value) {
        return switch (new String(value, StandardCharsets.UTF_8).strip()) {
            case "true" -> true;
            case "false", "" -> false;
            default -> throw refused(Rejection.Reason.INVALID, "consent must be true or false.");
        };
    }

    private static byte[] bytes(InputStream stream, int limit, long deadline) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var buffer = new byte[BUFFER];
        for (int length; (length = stream.read(buffer)) >= 0; ) {
            bytes.write(buffer, 0, length);
            if (bytes.size() > limit) {
                throw refused(Rejection.Reason.TOO_LARGE, TOO_LARGE);
            }
            if (System.nanoTime() - deadline > 0) {
                throw refused(Rejection.Reason.INVALID, "The upload took longer than a minute.");
            }
        }
        return bytes.toByteArray();
    }

    private static boolean tooLarge(Throwable e) {
        return e instanceof SizeException
                || e instanceof FileCountLimitExceededException
                || (e.getCause() != null && tooLarge(e.getCause()));
    }

    private static Rejection refused(Rejection.Reason reason, String error) {
        return Rejection.of(reason, error).with("referenceImageError", true);
    }
}
