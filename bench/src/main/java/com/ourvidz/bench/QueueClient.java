package com.ourvidz.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.ourvidz.server.auth.Tokens;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** Users and a worker of a {@link QueueServer}: the same requests, whichever it is. A request whose answer is an error
 * throws. The plain connections of the JDK, because they take the least of the processors that client and server share. */
final class QueueClient {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int USERS = 50;
    private static final int PATIENCE_MILLIS = 30_000;
    private static final String ORDER = """
            {"jobType": "sdxl_image_fast", "metadata": {"prompt": "a red lighthouse by the sea at sunset"}}""";

    static {
        System.setProperty("http.maxConnections", "64"); // kept open, rather than 5
    }

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
    String submit(int number) throws IOException {
        var answer = post("/api/queue-job", token(number), ORDER).orElseThrow();
        return JSON.readTree(answer).at("/job/id").stringValue();
    }

    /** Shows a job to the user who submitted it under this number. */
    void show(String job, int number) throws IOException {
        var _ = answer(connection("/api/jobs/" + job, token(number)));
    }

    /** A job as a worker holds it. */
    record Leased(String job, int attempt, String token) {}

    /** Takes a job as a worker does, waiting for one so long. */
    Optional<Leased> lease(String worker, int waitSeconds) throws IOException {
        var request = """
                {"worker_id": "%s", "queue": "sdxl_queue", "model": "none", "wait_seconds": %d}""".formatted(worker, waitSeconds);
        return post("/worker/lease", QueueServer.WORKER_KEY, request)
                .map(JSON::readTree)
                .map(answer -> new Leased(
                        answer.path("job_id").stringValue(),
                        answer.path("attempt").intValue(),
                        answer.path("lease_token").stringValue()));
    }

    /** Ends a job as a worker does that could not do it. */
    void fail(Leased leased) throws IOException {
        var _ = post("/api/job-callback", QueueServer.WORKER_KEY, """
                {"job_id": "%s", "status": "failed", "assets": [], "error_message": "The paint ran out.", "metadata": {},
                 "attempt": %d, "lease_token": "%s"}""".formatted(
                        leased.job(), leased.attempt(), leased.token()));
    }

    private String token(int number) {
        return tokens.get(number % USERS);
    }

    private Optional<byte[]> post(String path, String token, String body) throws IOException {
        var connection = connection(path, token);
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        try (var out = connection.getOutputStream()) {
            out.write(body.getBytes(UTF_8));
        }
        return answer(connection);
    }

    private HttpURLConnection connection(String path, String token) throws IOException {
        var connection = (HttpURLConnection) url.resolve(path).toURL().openConnection();
        connection.setReadTimeout(PATIENCE_MILLIS);
        connection.setRequestProperty("Authorization", "Bearer " + token);
        return connection;
    }

    /** What came, read to its end, so that the next request goes through the same socket; nothing with a 204. */
    private static Optional<byte[]> answer(HttpURLConnection connection) throws IOException {
        try (var in = connection.getInputStream()) { // throws when the answer is an error
            var body = in.readAllBytes();
            return connection.getResponseCode() == 204 ? Optional.empty() : Optional.of(body);
        }
    }
}
