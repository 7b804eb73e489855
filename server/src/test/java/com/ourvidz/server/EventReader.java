package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** Reads the events of a job, or of all jobs of a user, as a browser does, one after another. Waits for as long as they take. */
final class EventReader implements AutoCloseable {

    static final String ALL = "/api/events";

    /** An event; its id is absent where it is no change of the job. In a stream of all jobs it is the last that was told. */
    record Event(OptionalLong id, String name, JsonNode data) {

        long number() {
            return id.orElseThrow();
        }

        boolean isOf(String job) {
            return data.path("id").asString().equals(job);
        }

        int progress() {
            return data.get("progress").asInt();
        }
    }

    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    EventReader(Client client, String job) {
        this(client, job, request -> request);
    }

    /** Comes back after the event with this id. */
    EventReader(Client client, String job, long lastEventId) {
        this(client, job, request -> request.header("Last-Event-ID", Long.toString(lastEventId)));
    }

    EventReader(Client client, String job, UnaryOperator<HttpRequest.Builder> more) {
        this(path(job), client, more);
    }

    private EventReader(String path, Client client, UnaryOperator<HttpRequest.Builder> more) {
        response = client.send(
                path,
                request -> more.apply(request.header("Accept", "text/event-stream")),
                BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    static EventReader ofAll(Client client) {
        return new EventReader(ALL, client, request -> request);
    }

    static EventReader ofAll(Client client, long lastEventId) {
        return new EventReader(ALL, client, request -> request.header("Last-Event-ID", Long.toString(lastEventId)));
    }

    static String path(String job) {
        return "/api/jobs/" + job + "/events";
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** The next change of the job; what its neighbours in the queue do is passed over. */
    Event change() {
        var event = next();
        while (event.id().isEmpty()) {
            event = next();
        }
        return event;
    }

    /** The next event; there has to be one. */
    Event next() {
        var id = OptionalLong.empty();
        var name = "";
        while (true) {
            var line = line().orElseThrow(() -> new AssertionError("the stream has ended"));
            if (line.startsWith("id: ")) {
                id = OptionalLong.of(Long.parseLong(line.substring(4)));
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                assertThat(line()).contains("");
                return new Event(id, name, Client.JSON.readTree(line.substring(6)));
            }
        }
    }

    /** The next event of this job with this name; others are passed over. */
    Event next(String job, String name) {
        var event = next();
        while (!event.isOf(job) || !event.name().equals(name)) {
            event = next();
        }
        return event;
    }

    /** The next line as it stands; empty at the end. */
    Optional<String> line() {
        try {
            return Optional.ofNullable(lines.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** That the server ends the stream, in good order, and says no more before. */
    void assertEnds() {
        for (var line = line(); line.isPresent(); line = line()) {
            assertThat(line.get()).matches("|:");
        }
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
