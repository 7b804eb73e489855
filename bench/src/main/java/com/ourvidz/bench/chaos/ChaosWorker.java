package com.ourvidz.bench.chaos;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A worker that makes tiny pictures by the worker protocol, and is not shy: whatever gets no answer is said again, the last word is
 * sometimes said twice, and a lease that was lost while it was stopped does not keep it from speaking.
 */
public final class ChaosWorker {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int TRIES = 40;

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
            make(Held.of(JSON.readTree(answer.body())));
        }
    }

    private void make(Held held) throws InterruptedException {
        var assets = new ArrayList<String>();
        for (var index = 0; index < held.images(); index++) {
            Thread.sleep(ThreadLocalRandom.current().nextInt(60));
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
            var uploaded = upload(held, index);
            if (uploaded.statusCode() == 200) {
                assets.add(JSON.readTree(uploaded.body()).get("asset").asString());
            }
        }
        lastWord(held, assets);
    }

    private void lastWord(Held held, List<String> assets) throws InterruptedException {
        var good = assets.size() == held.images() && ThreadLocalRandom.current().nextInt(20) > 0;
        var word = Map.<String, Object>of(
                "job_id", held.job(),
                "status", good ? "completed" : "failed",
                "assets", good ? assets : List.of(),
                "error_message", good ? "" : "The paint ran out.",
                "metadata", Map.of("model", "chaos"),
                "attempt", held.attempt(),
                "lease_token", held.lease());
        post("/api/job-callback", word);
        if (ThreadLocalRandom.current().nextInt(4) == 0) {
            post("/api/job-callback", word);
        }
    }

    private HttpResponse<byte[]> upload(Held held, int index) throws InterruptedException {
        return persistently(request("/worker/jobs/" + held.job() + "/assets/" + index)
                .header("X-Ourvidz-Attempt", Integer.toString(held.attempt()))
                .header("X-Ourvidz-Lease", held.lease())
                .header("Content-Type", "image/png")
                .PUT(BodyPublishers.ofByteArray(picture()))
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

    /** No two are alike. */
    private static byte[] picture() {
        var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, ThreadLocalRandom.current().nextInt());
        image.setRGB(1, 0, ThreadLocalRandom.current().nextInt());
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
