package com.ourvidz.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The platform's HTTP API, as a user calls it. What the platform refuses becomes a {@link CommandException} with its sentence and what it
 * suggests.
 */
final class ApiClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI server;
    private final String token;

    ApiClient(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    /** An accepted job, and what the platform ignored of the request. */
    record Accepted(UUID id, List<String> warnings) {}

    Accepted submit(JobRequest request) throws IOException, InterruptedException {
        return submit(request.body());
    }

    Accepted submit(Map<String, ?> body) throws IOException, InterruptedException {
        var answer = JSON.readTree(send(request("/api/queue-job")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))));
        var id = UUID.fromString(answer.path("job").path("id").asString());
        return new Accepted(
                id,
                answer.path("warnings").valueStream().map(JsonNode::asString).toList());
    }

    JobView job(UUID id) throws IOException, InterruptedException {
        return JSON.readValue(send(request("/api/jobs/" + id).GET()), JobView.class);
    }

    void cancel(UUID id) throws IOException, InterruptedException {
        send(request("/api/jobs/" + id).DELETE());
    }

    /** The bytes behind one of the URLs that a job's assets have; they carry their own proof and need no token. */
    byte[] download(URI asset) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(server.resolve(asset)).timeout(TIMEOUT));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path))
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token);
    }

    private byte[] send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = http.send(request.build(), BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 != 2) {
            throw refusal(response);
        }
        return response.body();
    }

    private static CommandException refusal(HttpResponse<byte[]> response) {
        var answered = "The server answered " + response.statusCode() + ".";
        try {
            var error = JSON.readTree(new String(response.body(), StandardCharsets.UTF_8));
            return new CommandException(Stream.of("error", "suggestedAction")
                    .map(field -> error.path(field).asString(field.equals("error") ? answered : ""))
                    .filter(sentence -> !sentence.isEmpty())
                    .reduce((first, second) -> first + " " + second)
                    .orElse(answered));
        } catch (JacksonException e) {
            return new CommandException(answered);
        }
    }
}
