package com.ourvidz.server.http;

import com.ourvidz.core.Rejection;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Writes the error format where no controller is involved: filters and security. */
public final class ErrorWriter {

    private final JsonMapper json;

    public ErrorWriter(JsonMapper json) {
        this.json = json;
    }

    public void write(HttpServletResponse response, HttpStatus status, String error) throws IOException {
        write(response, status, Errors.body(error, Map.of()));
    }

    public void write(HttpServletResponse response, Rejection rejection) throws IOException {
        var status = Errors.status(rejection.reason());
        Errors.retryAfter(status, rejection.fields())
                .ifPresent(seconds -> response.setHeader(HttpHeaders.RETRY_AFTER, seconds.toString()));
        write(response, status, Errors.body(rejection.error(), rejection.fields()));
    }

    private void write(HttpServletResponse response, HttpStatus status, Map<String, Object> body) throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(body));
    }
}
