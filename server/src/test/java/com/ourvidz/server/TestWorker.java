package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;

/** Speaks the worker protocol by hand. What it uploads is a real, tiny PNG. */
final class TestWorker {

    private final Client client;
    private final String id;
    private final String queue;

    TestWorker(Client client, String id, String queue) {
        this.client = client;
        this.id = id;
        this.queue = queue;
    }

    /** A job as this worker holds it. */
    record Held(String job, int attempt, String lease, JsonNode message) {}

    String id() {
        return id;
    }

    static byte[] png() {
        return picture("png");
    }

    static byte[] picture(String format) {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    Optional<Held> lease(int waitSeconds) {
        var answer = client.post(
                "/worker/lease",
                json(Map.of("worker_id", id, "queue", queue, "model", "test", "wait_seconds", waitSeconds)));
        if (answer.status() == 204) {
            return Optional.empty();
        }
        var job = answer.ok();
        return Optional.of(new Held(
                job.get("job_id").asString(),
                job.get("attempt").asInt(),
                job.get("lease_token").asString(),
                job));
    }

    /** Leases until it is this job; what earlier tests have left waiting is failed on the way. */
    Held lease(String job) {
        while (true) {
            var held = lease(10).orElseThrow();
            if (held.job().equals(job)) {
                return held;
            }
            fail(held, "left over");
        }
    }

    Answer heartbeat(Held held, int progress) {
        return heartbeat(held, progress, "denoise");
    }

    Answer heartbeat(Held held, int progress, String stage) {
        return client.post(
                "/worker/jobs/" + held.job() + "/heartbeat",
                json(Map.of(
                        "attempt", held.attempt(), "lease_token", held.lease(), "progress", progress, "stage", stage)));
    }

    Answer preview(Held held, String base64) {
        return client.post(
                "/worker/jobs/" + held.job() + "/heartbeat",
                json(Map.of(
                        "attempt",
                        held.attempt(),
                        "lease_token",
                        held.lease(),
                        "progress",
                        20,
                        "stage",
                        "denoise",
                        "preview",
                        base64)));
    }

    /** Asks whether the text may be rendered. */
    Answer check(Held held, String prompt) {
        return client.post(
                "/worker/jobs/" + held.job() + "/prompt",
                json(Map.of("attempt", held.attempt(), "lease_token", held.lease(), "prompt", prompt)));
    }

    Answer release(Held held) {
        return client.post(
                "/worker/jobs/" + held.job() + "/release",
                json(Map.of("attempt", held.attempt(), "lease_token", held.lease())));
    }

    Answer upload(Held held, String index, byte[] bytes) {
        return upload(held, index, bytes, "image/png");
    }

    Answer upload(Held held, String index, byte[] bytes, String mediaType) {
        return client.send(
                "/worker/jobs/" + held.job() + "/assets/" + index,
                request -> request.header("X-Ourvidz-Attempt", Integer.toString(held.attempt()))
                        .header("X-Ourvidz-Lease", held.lease())
                        .header("Content-Type", mediaType)
                        .PUT(BodyPublishers.ofByteArray(bytes)));
    }

    String uploaded(Held held, int index) {
        return upload(held, Integer.toString(index), png()).ok().get("asset").asString();
    }

    Answer thumbnail(Held held, int index, byte[] bytes) {
        return client.send(
                "/worker/jobs/" + held.job() + "/assets/" + index + "/thumbnail",
                request -> request.header("X-Ourvidz-Attempt", Integer.toString(held.attempt()))
                        .header("X-Ourvidz-Lease", held.lease())
                        .header("Content-Type", "image/webp")
                        .PUT(BodyPublishers.ofByteArray(bytes)));
    }

    Answer reference(Held held, String slot) {
        return client.call(
                "GET",
                "/worker/jobs/" + held.job() + "/references/" + slot,
                request -> request.header("X-Ourvidz-Attempt", Integer.toString(held.attempt()))
                        .header("X-Ourvidz-Lease", held.lease()));
    }

    Answer complete(Held held, List<String> assets) {
        return complete(held, assets, Map.of("steps", 15, "model", "test"));
    }

    Answer complete(Held held, List<String> assets, Map<String, Object> metadata) {
        return client.post(
                "/api/job-callback",
                json(Map.of(
                        "job_id",
                        held.job(),
                        "status",
                        "completed",
                        "assets",
                        assets,
                        "metadata",
                        metadata,
                        "attempt",
                        held.attempt(),
                        "lease_token",
                        held.lease())));
    }

    Answer fail(Held held, String message) {
        return client.post(
                "/api/job-callback",
                json(Map.of(
                        "job_id", held.job(),
                        "status", "failed",
                        "assets", List.of(),
                        "error_message", message,
                        "attempt", held.attempt(),
                        "lease_token", held.lease())));
    }

    /** Does the whole job, and returns its only asset's id. */
    String does(String job) {
        var held = lease(job);
        var asset = uploaded(held, 0);
        assertThat(complete(held, List.of(asset)).status()).isEqualTo(200);
        return asset;
    }

    private static String json(Map<String, Object> body) {
        return Client.JSON.writeValueAsString(body);
    }
}
