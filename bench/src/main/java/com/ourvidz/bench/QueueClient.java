package com.ourvidz.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.ourvidz.server.auth.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** Users and a worker of a {@link QueueServer}: the same requests, whichever it is. Every method wants a good answer. */
final class QueueClient implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int USERS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ORDER = """
            {"jobType": "sdxl_image_fast", "metadata": {"prompt": "a red lighthouse by the sea at sunset"}}""";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI url;
    private final List<String> tokens;

    QueueClient(URI url) {
        this.url = url;
        var issuer = new Tokens(QueueServer.SECRET, Optional.empty(), Optional.empty(), InstantSource.system());
        this.tokens = IntStream.range(0, USERS)
                .mapToObj(user -> issuer.issue("user-" + user))
                .toList();
    }

    /** Submits a job for one picture, as one user after the other; its id. */
    String submit(int number) throws IOException, InterruptedException {
        var response = send(post("/api/queue-job", token(number), ORDER), 200);
        return JSON.readTree(response.body()).at("/job/id").stringValue();
    }

    /** Shows a job to the user who submitted it under this number. */
    void show(String job, int number) throws IOException, InterruptedException {
        var _ = send(request("/api/jobs/" + job, token(number)).build(), 200);
    }

    /** Takes a job as a worker does, waiting for one so long; its id. */
    Optional<String> lease(String worker, int waitSeconds) throws IOException, InterruptedException {
        var request = """
                {"worker_id": "%s", "queue": "sdxl_queue", "model": "none", "wait_seconds": %d}""".formatted(worker, waitSeconds);
        var response = send(post("/worker/lease", QueueServer.WORKER_KEY, request), 200, 204);
        return response.statusCode() == 204
                ? Optional.empty()
                : Optional.of(JSON.readTree(response.body()).path("job_id").stringValue());
    }

    @Override
    public void close() {
        http.close();
    }

    private String token(int number) {
        return tokens.get(number % USERS);
    }

    private HttpRequest post(String path, String token, String body) {
        return request(path, token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(url.resolve(path)).timeout(PATIENCE).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<byte[]> send(HttpRequest request, Integer... good) throws IOException, InterruptedException {
        var response = http.send(request, BodyHandlers.ofByteArray());
        if (!List.of(good).contains(response.statusCode())) {
            throw new IllegalStateException(
                    request.uri() + " answered " + response.statusCode() + ": " + new String(response.body(), UTF_8));
        }
        return response;
    }
}
