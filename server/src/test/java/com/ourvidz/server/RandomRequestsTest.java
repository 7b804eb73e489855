package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.server.ApiDocument.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** 20,000 requests made at random, from a seed, of what {@code /openapi.json} says. */
class RandomRequestsTest {

    private static final int USERS = 200;
    private static final int REQUESTS_EACH = 100;
    private static final int AT_ONCE = 4;
    private static final long SEED = 20_260_101;

    @AutoClose
    final TestPlatform platform =
            new TestPlatform(Map.of("OURVIDZ_QUEUE_LIMIT", "1000000", "OURVIDZ_USER_QUEUE_LIMIT", "1000000"));

    @AutoClose
    final HttpClient http = HttpClient.newHttpClient();

    private final ApiDocument document =
            new ApiDocument(platform.stranger().get("/openapi.json").ok());
    private final List<Operation> operations = document.operations();
    private final Queue<String> objections = new ConcurrentLinkedQueue<>();
    private final Set<Operation> succeeded = ConcurrentHashMap.newKeySet();

    @Test
    void noRequestIsAnsweredWith500OrOutsideTheDocument() throws InterruptedException {
        var users =
                new ConcurrentLinkedQueue<>(IntStream.range(0, USERS).boxed().toList());
        var threads = IntStream.range(0, AT_ONCE)
                .mapToObj(i -> Thread.ofVirtual().start(() -> {
                    for (var user = users.poll(); user != null; user = users.poll()) {
                        asked(user);
                    }
                }))
                .toList();
        for (var thread : threads) {
            thread.join();
        }
        assertThat(objections).isEmpty();
        assertThat(succeeded)
                .as("operations that said yes at least once, so that this looks behind the first check")
                .extracting(Operation::toString)
                .contains(
                        "POST /api/queue-job",
                        "POST /api/upload-reference",
                        "GET /api/jobs",
                        "GET /api/jobs/{id}",
                        "GET /api/assets",
                        "GET /api/reference-images",
                        "GET /api/admin/users");
    }

    private void asked(int user) {
        try {
            ask(user);
        } catch (RuntimeException e) {
            objections.add("user " + user + " asked no further: " + e);
        }
    }

    /** Each user has a job done, a waiting one and a reference, so that some ids lead somewhere. */
    private void ask(int user) {
        var client = new ContractClient(platform);
        var _ = platform.newWorker("wan_queue").lease(0); // so that both queues are served
        var known = new ArrayList<>(List.of(client.reference(), client.name()));
        known.add(client.ordered("sdxl_image_fast").at("/job/id").asString());
        var requests = new RandomRequest(
                document,
                SEED + user,
                known,
                List.of(
                        () -> platform.platform().token(client.name()),
                        () -> "",
                        () -> "garbage",
                        platform::workerKey));
        var worker = new RandomRequest(document, SEED - user, known, List.of(platform::workerKey));
        var administration = new RandomRequest(
                document, SEED + user, known, List.of(() -> platform.platform().token("owner")));
        var order = new SplittableRandom(SEED + user);
        for (var i = 0; i < REQUESTS_EACH; i++) {
            var operation = operations.get(order.nextInt(operations.size()));
            check(
                    operation,
                    maker(operation, requests, worker, administration)
                            .of(platform.platform().url(), operation));
        }
    }

    private static RandomRequest maker(
            Operation operation, RandomRequest user, RandomRequest worker, RandomRequest administration) {
        var path = operation.path();
        if (path.startsWith("/worker/") || path.equals("/api/job-callback")) {
            return worker;
        }
        return path.startsWith("/api/admin/") ? administration : user;
    }

    private void check(Operation operation, HttpRequest request) {
        try {
            var answer = http.send(request, BodyHandlers.ofInputStream());
            if (answer.statusCode() < 300) {
                succeeded.add(operation);
            }
            document.objection(operation, answer, body(answer))
                    .ifPresent(objection -> objections.add(operation + ": " + objection + "; asked for " + request.uri()
                            + ", answered " + answer.statusCode()));
        } catch (IOException e) {
            objections.add(operation + ": " + e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A stream of events does not end of itself: its head is enough. */
    private static byte[] body(HttpResponse<InputStream> answer) throws IOException {
        try (var body = answer.body()) {
            return ApiDocument.mediaType(answer).equals("text/event-stream") ? new byte[0] : body.readAllBytes();
        }
    }
}
