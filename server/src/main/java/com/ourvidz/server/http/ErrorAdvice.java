package com.ourvidz.server.http;

import com.ourvidz.core.Rejection;
import com.ourvidz.core.asset.ObjectStore.ObjectTooLargeException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns whatever a controller or Spring itself throws into the documented error format. */
@RestControllerAdvice
public class ErrorAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorAdvice.class);

    @ExceptionHandler
    ResponseEntity<Object> refused(Rejection rejection) {
        return answer(Errors.status(rejection.reason()), HttpHeaders.EMPTY, rejection.error(), rejection.fields());
    }

    @ExceptionHandler
    ResponseEntity<Object> tooLarge(ObjectTooLargeException e) {
        return answer(
                HttpStatus.CONTENT_TOO_LARGE,
                HttpHeaders.EMPTY,
                "The file is too large: " + e.getMessage() + ".",
                Map.of());
    }

    @ExceptionHandler({JwtException.class, AuthenticationException.class})
    ResponseEntity<Object> badToken() {
        return answer(HttpStatus.UNAUTHORIZED, HttpHeaders.EMPTY, "This token is not valid, or no longer.", Map.of());
    }

    /** Whoever asked has gone, as players do that have seen enough of a video. */
    @ExceptionHandler
    void gone(ClientAbortException e) {
        LOG.debug("A client went away", e);
    }

    @ExceptionHandler
    ResponseEntity<Object> unexpected(Exception e) {
        if (diskFull(e)) {
            LOG.error("The disk is full", e);
            return answer(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    HttpHeaders.EMPTY,
                    "The platform has no space left.",
                    Map.of("retryable", true));
        }
        var correlation = UUID.randomUUID();
        LOG.error("Request failed, {}", correlation, e);
        return answer(
                HttpStatus.INTERNAL_SERVER_ERROR,
                HttpHeaders.EMPTY,
                "Something went wrong on the platform's side.",
                Map.of("details", "The platform's log tells more under " + correlation + ".", "retryable", true));
    }

    /** What Spring itself refuses: unknown routes, methods and media types, unreadable bodies, parameters of the wrong type. */
    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(HttpStatus.valueOf(status.value()), headers, sentence(status), Map.of());
    }

    private static ResponseEntity<Object> answer(
            HttpStatus status, HttpHeaders given, String error, Map<String, Object> fields) {
        var headers = new HttpHeaders(given);
        Errors.retryAfter(status, fields)
                .ifPresent(seconds -> headers.set(HttpHeaders.RETRY_AFTER, seconds.toString()));
        headers.setContentType(MediaType.APPLICATION_JSON);
        return new ResponseEntity<>(Errors.body(error, fields), headers, status);
    }

    static String sentence(HttpStatusCode status) {
        return switch (status.value()) {
            case 400 -> "The request is not valid.";
            case 404 -> "Not found.";
            case 405 -> "This method is not supported here.";
            case 406 -> "The answer is JSON, which the request does not accept.";
            case 413 -> "The request is too large.";
            case 415 -> "This media type is not supported here: send application/json.";
            default ->
                status.is5xxServerError() ? "Something went wrong on the platform's side." : "The request was refused.";
        };
    }

    private static boolean diskFull(Throwable e) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause)
                .flatMap(cause -> Optional.ofNullable(cause.getMessage()).stream())
                .anyMatch(message ->
                        message.contains("No space left on device") || message.contains("database or disk is full"));
    }
}
