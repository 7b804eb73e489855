package com.ourvidz.server.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * What Tomcat itself answers, in the documented error format: requests too broken to reach the application. And what Tomcat leaves open: it
 * would read on for what a client still has to send, which a {@link TimedStream} has had enough of.
 */
public final class ErrorValve extends ErrorReportValve {

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        super.invoke(request, response);
        if (request.getAttribute(TimedStream.CUT) != null) {
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

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
