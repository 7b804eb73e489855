package com.ourvidz.bench.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A worker that makes tiny pictures by the worker protocol, and is not shy: whatever gets no answer is said again, the last word is
 * sometimes said twice, a lease that was lost while it was stopped does not keep it from speaking, and of a job that it gets after others it
 * first says what these would have. It prints each last word that was accepted: job, attempt and status.
 */
public final class ChaosWorker {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int TRIES = 40;

    /** A worker that was silent for longer than this knows that it was stopped. */
    private static final Duration LONG_SILENCE = Duration.ofSeconds(2);

    /** Every so-manieth job is a slow one, whoever makes it, so that those who were stopped in it find it in other hands. */
    private static final int SLOW_JOBS = 6;

    /** A single pixel as PNG. It takes no time to load what writes pictures: most of these processes live for seconds. */
    private static final byte[] PIXEL = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    /** A single pixel as WebP. */
    private static final byte[] THUMBNAIL =
            Base64.getDecoder().decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;
    private final String key;
    private final String id = "chaos-" + UUID.randomUUID();

    private ChaosWorker(URI server, String key) {
        this.server = server;
        this.key = key;
    }

    /** A job as this worker holds it, or thinks it does. */
    private record Held(String job, int attempt, String lease, int images) {

        static Held of(JsonNode leased) {
            return new Held(
                    leased.get("job_id").asString(),
                    leased.get("attempt").asInt(),
                    leased.get("lease_token").asString(),
                    leased.get("num_images").asInt());
        }

        /** As the one before held it, who was taken for dead; what became of the token nobody knows. */
        Held earlier() {
            return new Held(job, attempt - 1, "a lease that was lost", images);
        }
    }

    public static void main(String[] args) throws InterruptedException {
        var worker = new ChaosWorker(URI.create(args[0]), args[1]);
        while (true) {
            worker.work();
        }
    }

    private void work() throws InterruptedException {
        var answer = post(
                "/worker/lease", Map.of("worker_id", id, "queue", "sdxl_queue", "model", "chaos", "wait_seconds", 2));
        if (answer.statusCode() == 200) {
            var held = Held.of(JSON.readTree(answer.body()));
            if (held.attempt() > 1) {
                say(held.earlier(), "failed", List.of());
            }
            make(held);
        }
    }

    private void make(Held held) throws InterruptedException {
        var assets = new ArrayList<String>();
        for (var index = 0; index < held.images(); index++) {
            if (paint(held)) {
                break;
            }
            heartbeat(held, index);
            var uploaded = upload(held, index);
            if (uploaded.statusCode() == 200) {
                assets.add(JSON.readTree(uploaded.body()).get("asset").asString());
                thumbnail(held, index);
            }
        }
        lastWord(held, assets);
    }

    /** Takes its time. Returns whether it was stopped meanwhile, and gives up because of that, as it does half of the time. */
    private static boolean paint(Held held) throws InterruptedException {
        var begun = System.nanoTime();
        Thread.sleep(ThreadLocalRandom.current().nextInt(held.job().hashCode() % SLOW_JOBS == 0 ? 1000 : 60));
        return System.nanoTime() - begun > LONG_SILENCE.toNanos()
                && ThreadLocalRandom.current().nextBoolean();
    }

    private void heartbeat(Held held, int index) throws InterruptedException {
        post(
                "/worker/jobs/" + held.job() + "/heartbeat",
                Map.of(
                        "attempt",
                        held.attempt(),
                        "lease_token",
                        held.lease(),
                        "progress",
                        100 * index / held.images(),
                        "stage",
                        "denoise"));
    }

    private void lastWord(Held held, List<String> assets) throws InterruptedException {
        var good = assets.size() == held.images() && ThreadLocalRandom.current().nextInt(20) > 0;
        var status = good ? "completed" : "failed";
        say(held, status, good ? assets : List.of());
        if (ThreadLocalRandom.current().nextInt(4) == 0) {
            say(held, status, good ? assets : List.of());
        }
    }

    private void say(Held held, String status, List<String> assets) throws InterruptedException {
        var word = Map.<String, Object>of(
                "job_id", held.job(),
                "status", status,
                "assets", assets,
                "error_message", status.equals("failed") ? "The paint ran out." : "",
                "metadata", Map.of("model", "chaos"),
                "attempt", held.attempt(),
                "lease_token", held.lease());
        if (post("/api/job-callback", word).statusCode() == 200) {
            System.out.println(held.job() + " " + held.attempt() + " " + status);
        }
    }

    private HttpResponse<byte[]> upload(Held held, int index) throws InterruptedException {
        return put(held, "/assets/" + index, "image/png", picture());
    }

    /** Half of the assets get one. */
    private void thumbnail(Held held, int index) throws InterruptedException {
        if (ThreadLocalRandom.current().nextBoolean()) {
            put(held, "/assets/" + index + "/thumbnail", "image/webp", THUMBNAIL);
        }
    }

    private HttpResponse<byte[]> put(Held held, String path, String type, byte[] bytes) throws InterruptedException {
        return persistently(request("/worker/jobs/" + held.job() + path)
                .header("X-Ourvidz-Attempt", Integer.toString(held.attempt()))
                .header("X-Ourvidz-Lease", held.lease())
                .header("Content-Type", type)
                .PUT(BodyPublishers.ofByteArray(bytes))
                .build());
    }

    private HttpResponse<byte[]> post(String path, Map<String, ?> body) throws InterruptedException {
        return persistently(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).timeout(TIMEOUT).header("Authorization", "Bearer " + key);
    }

    /** Until there is an answer that is not the server's own trouble. */
    private HttpResponse<byte[]> persistently(HttpRequest request) throws InterruptedException {
        for (var tries = 0; tries < TRIES; tries++) {
            try {
                var answer = http.send(request, BodyHandlers.ofByteArray());
                if (answer.statusCode() < 500) {
                    return answer;
                }
            } catch (IOException e) {
                // the server is being killed
            }
            Thread.sleep(250);
        }
        throw new IllegalStateException("No answer from " + request.uri());
    }

    /** No two are alike: after the picture's end there is a number. */
    private static byte[] picture() {
        return ByteBuffer.allocate(PIXEL.length + Long.BYTES)
                .put(PIXEL)
                .putLong(ThreadLocalRandom.current().nextLong())
                .array();
    }
}
