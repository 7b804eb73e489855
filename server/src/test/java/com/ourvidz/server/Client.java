package com.ourvidz.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who calls the platform over HTTP. */
final class Client {

    static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI server;
    private final Optional<String> bearer;

    Client(URI server, Optional<String> bearer) {
        this.server = server;
        this.bearer = bearer;
    }

    Answer get(String path) {
        return call("GET", path, request -> request);
    }

    Answer delete(String path) {
        return call("DELETE", path, request -> request);
    }

    Answer post(String path, String json) {
        return post(path, json, request -> request);
    }

    Answer post(String path, String json, UnaryOperator<HttpRequest.Builder> more) {
        return send(
                path,
                request -> more.apply(
                        request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(json))));
    }

    /** The answer to an order of one fast picture. */
    Answer order(String prompt) {
        return order(Map.of("prompt", prompt));
    }

    Answer order(Map<String, Object> metadata) {
        return post("/api/queue-job", orderBody(metadata));
    }

    static String orderBody(Map<String, Object> metadata) {
        return JSON.writeValueAsString(Map.of("jobType", "sdxl_image_fast", "metadata", metadata));
    }

    /** The id of an accepted order. */
    String ordered(String prompt) {
        return order(prompt).ok().at("/job/id").asString();
    }

    JsonNode job(String id) {
        return get("/api/jobs/" + id).ok();
    }

    Answer call(String method, String path, UnaryOperator<HttpRequest.Builder> more) {
        return send(path, request -> more.apply(request.method(method, BodyPublishers.noBody())));
    }

    Answer send(String path, UnaryOperator<HttpRequest.Builder> with) {
        return new Answer(send(path, with, BodyHandlers.ofByteArray()));
    }

    <T> HttpResponse<T> send(String path, UnaryOperator<HttpRequest.Builder> with, BodyHandler<T> body) {
        var request = HttpRequest.newBuilder(server.resolve(path));
        bearer.ifPresent(token -> request.header("Authorization", "Bearer " + token));
        try {
            return HTTP.send(with.apply(request).build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
