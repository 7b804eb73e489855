package com.ourvidz.bench;

import com.ourvidz.server.Platform;
import com.ourvidz.server.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A platform on an empty data directory and any free port, and a user on it with more credits than a benchmark spends. */
record Started(Platform platform, Path data, String token, HttpClient http) implements AutoCloseable {

    /** For one picture. */
    static final String ORDER = """
            {"jobType": "sdxl_image_fast", "metadata": {"prompt": "a red lighthouse by the sea at sunset"}}""";

    private static final JsonMapper JSON = JsonMapper.shared();

    static Started with(Map<String, String> more) throws IOException {
        var data = Files.createTempDirectory("ourvidz-bench");
        var settings = new HashMap<>(Map.of(
                "OURVIDZ_DATA", data.toString(),
                "OURVIDZ_PORT", "0",
                "OURVIDZ_CREDITS", "1000000000",
                "OURVIDZ_RATE_LIMIT", "0",
                "OURVIDZ_READ_RATE_LIMIT", "0",
                "OURVIDZ_QUEUE_LIMIT", "1000000",
                "OURVIDZ_USER_QUEUE_LIMIT", "1000000"));
        settings.putAll(more);
        var platform = Platform.start(Settings.read(settings));
        return new Started(platform, data, platform.token("bench"), HttpClient.newHttpClient());
    }

    /** Submits a job for one picture. */
    String submit() throws IOException, InterruptedException {
        return submit(token);
    }

    /** A token of somebody else. */
    String token(int user) {
        return platform.token("bench-" + user);
    }

    String submit(String token) throws IOException, InterruptedException {
        var answer = send(request("/api/queue-job", token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(ORDER))
                .build());
        return answer.path("job").path("id").stringValue();
    }

    /** Takes a job as a worker does, waiting for one. */
    void lease() throws IOException, InterruptedException {
        var key = Files.readString(data.resolve("worker.key")).strip();
        var body = """
                {"worker_id": "bench", "queue": "sdxl_queue", "model": "none", "wait_seconds": 10}""";
        send(HttpRequest.newBuilder(uri("/worker/lease"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    JsonNode job(String id) throws IOException, InterruptedException {
        return send(request("/api/jobs/" + id, token).build());
    }

    URI uri(String path) {
        return platform.url().resolve(path);
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token);
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        var response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    request.uri() + " answered " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }

    @Override
    public void close() throws IOException {
        http.close();
        platform.close();
        try (var files = Files.walk(data)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
