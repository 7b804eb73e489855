package com.ourvidz.server.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** What Tomcat itself answers, in the documented error format: requests too broken to reach the application. */
public final class ErrorValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable e) {
        if (response.getStatus() < HttpStatus.BAD_REQUEST.value()
                || response.getContentWritten() > 0
                || !response.setErrorReported()) {
            return;
        }
        var body = "{\"success\":false,\"error\":\"" + ErrorAdvice.sentence(status(response)) + "\"}";
        try {
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            var output = response.getOutputStream();
            output.write(body.getBytes(StandardCharsets.UTF_8));
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            container.getLogger().debug("The client went away before it was answered.", gone);
        }
    }

    private static HttpStatus status(Response response) {
        return HttpStatus.valueOf(response.getStatus());
    }
}
