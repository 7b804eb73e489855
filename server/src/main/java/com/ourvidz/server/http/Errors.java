package com.ourvidz.server.http;

import com.ourvidz.core.Rejection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/** The documented error format, and the status code of each kind of refusal. */
public final class Errors {

    private static final int USUAL_WAIT_SECONDS = 30;

    private Errors() {}

    /** {@code {success: false, error, …}}. */
    public static Map<String, Object> body(String error, Map<String, Object> fields) {
        var body = new LinkedHashMap<String, Object>();
        body.put("success", false);
        body.put("error", error);
        body.putAll(fields);
        return body;
    }

    static HttpStatus status(Rejection.Reason reason) {
        return switch (reason) {
            case INVALID -> HttpStatus.BAD_REQUEST;
            case NOT_SIGNED_IN -> HttpStatus.UNAUTHORIZED;
            case INSUFFICIENT_CREDITS -> HttpStatus.PAYMENT_REQUIRED;
            case CONTENT_POLICY -> HttpStatus.FORBIDDEN;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case CONFLICT -> HttpStatus.CONFLICT;
            case TOO_MANY_REQUESTS -> HttpStatus.TOO_MANY_REQUESTS;
            case QUEUE_UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
            case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case WRONG_MEDIA_TYPE -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
        };
    }

    /** Seconds after which trying again makes sense, as the refusal itself says, or else its kind. */
    static Optional<Object> retryAfter(HttpStatus status, Map<String, Object> fields) {
        return switch (status) {
            case TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE ->
                Optional.of(fields.getOrDefault("retryAfterSeconds", USUAL_WAIT_SECONDS));
            default -> Optional.empty();
        };
    }
}
