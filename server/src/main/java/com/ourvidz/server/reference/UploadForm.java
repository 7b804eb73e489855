package com.ourvidz.server.reference;

import com.ourvidz.core.Rejection;
import com.ourvidz.core.reference.References;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.MultipartStream;
import org.apache.tomcat.util.http.fileupload.impl.FileUploadIOException;
import org.apache.tomcat.util.http.fileupload.impl.SizeException;

/** The form of an upload, read part by part and no further than its limits: {@code file}, and {@code consent} as true or false. */
final class UploadForm {

    private static final int MOST_PARTS = 8;
    private static final int LONGEST_VALUE = 16;
    /** Beside the file, for the parts' headers. */
    private static final long ROOM = 65_536;
    /** What is read of a form that is too large. */
    private static final long MOST_DRAINED = 4L * References.MAX_BYTES;

    private static final int BUFFER = 1 << 14;
    private static final String TOO_LARGE = "The picture is too large: at most 10 MB.";

    private Optional<byte[]> file = Optional.empty();
    private boolean consent;

    private UploadForm() {}

    byte[] file() {
        return file.orElseThrow(() -> Rejection.of(Rejection.Reason.INVALID, "The form has no part named file."));
    }

    boolean consent() {
        return consent;
    }

    /**
     * Reads the form.
     *
     * @param limit for all of it to arrive
     * @throws Rejection {@code INVALID} or {@code TOO_LARGE}
     */
    static UploadForm read(HttpServletRequest request, Duration limit) throws IOException {
        var body = new TimedBody(request, limit);
        try {
            return read(body);
        } catch (FileUploadException | FileUploadIOException | MultipartStream.MalformedStreamException e) {
            throw drained(
                    body,
                    tooLarge(e)
                            ? Rejection.of(Rejection.Reason.TOO_LARGE, TOO_LARGE)
                            : Rejection.of(Rejection.Reason.INVALID, "The body is not a valid multipart form."));
        }
    }

    private static UploadForm read(TimedBody body) throws IOException {
        var upload = new FileUpload();
        upload.setSizeMax(References.MAX_BYTES + ROOM);
        upload.setFileSizeMax(References.MAX_BYTES);
        upload.setFileCountMax(MOST_PARTS);
        var form = new UploadForm();
        for (var parts = upload.getItemIterator(body); parts.hasNext(); ) {
            form.take(parts.next());
        }
        return form;
    }

    private void take(FileItemStream part) throws IOException {
        try (var stream = part.openStream()) {
            switch (Optional.ofNullable(part.getFieldName()).orElse("")) {
                case "file" -> file = Optional.of(stream.readAllBytes());
                case "consent" -> consent = flag(stream.readNBytes(LONGEST_VALUE));
                default -> stream.transferTo(OutputStream.nullOutputStream()); // like unknown fields elsewhere
            }
        }
    }

    private static boolean flag(byte[] value) {
        return switch (new String(value, StandardCharsets.UTF_8).strip()) {
            case "true" -> true;
            case "false", "" -> false;
            default -> throw Rejection.of(Rejection.Reason.INVALID, "consent must be true or false.");
        };
    }

    /** Reads on for a while: many clients write all of a request before they read the answer. */
    private static Rejection drained(TimedBody body, Rejection refused) throws IOException {
        var stream = body.getInputStream();
        var buffer = new byte[BUFFER];
        var left = MOST_DRAINED;
        for (int length; left > 0 && (length = stream.read(buffer)) >= 0; ) {
            left -= length;
        }
        return refused;
    }

    private static boolean tooLarge(Throwable e) {
        return e instanceof SizeException || (e.getCause() != null && tooLarge(e.getCause()));
    }
}
