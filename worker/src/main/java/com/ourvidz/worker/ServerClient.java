package com.ourvidz.worker;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.ourvidz.core.Fence;
import com.ourvidz.core.job.Preview;
import com.ourvidz.core.lease.WorkerProtocol;
import com.ourvidz.core.lease.WorkerProtocol.Heartbeat;
import com.ourvidz.core.lease.WorkerProtocol.LeaseRequest;
import com.ourvidz.core.lease.WorkerProtocol.LeasedJob;
import com.ourvidz.core.lease.WorkerProtocol.PromptCheck;
import com.ourvidz.core.lease.WorkerProtocol.PromptVerdict;
import com.ourvidz.core.lease.WorkerProtocol.Release;
import com.ourvidz.core.lease.WorkerProtocol.Uploaded;
import com.ourvidz.diffusion.image.Jpeg;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The worker protocol over HTTP. Each method is one request. What may be better the next time, no answer or a server in trouble, is an
 * {@link IOException}; what will not is a {@link StaleLeaseException} or a {@link RefusedException}.
 */
final class ServerClient {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration UPLOAD = Duration.ofMinutes(2);

    /** The server may have to fetch it first, for which it takes up to 30 seconds. */
    private static final Duration REFERENCE = Duration.ofMinutes(1);

    /** In bytes; more than a reference can be, as the server keeps them. */
    private static final long LARGEST_REFERENCE = 64 << 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            // an older server says nothing of references
            .withConfigOverride(
                    List.class, list -> list.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .build();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final URI server;
    private final String key;

    ServerClient(URI server, String key) {
        this.server = server;
        this.key = key;
    }

    /** A job, or none within the request's wait. */
    Optional<LeasedJob> lease(LeaseRequest request) throws IOException, InterruptedException {
        var wait = Duration.ofSeconds(request.waitSeconds()).plus(ANSWER);
        var response = send(post("/worker/lease", request).timeout(wait));
        return response.statusCode() == 204 ? Optional.empty() : Optional.of(read(response, LeasedJob.class));
    }

    void heartbeat(Fence fence, JobProgress progress) throws IOException, InterruptedException {
        var preview = progress.preview().map(Jpeg::bytes).filter(jpeg -> jpeg.length <= Preview.LARGEST);
        var heartbeat = new Heartbeat(
                fence.attempt(),
                fence.leaseToken(),
                progress.percent(),
                progress.stage(),
                preview.map(Base64.getEncoder()::encodeToString).orElse(null));
        send(post(job(fence) + "/heartbeat", heartbeat));
    }

    /** Whether the text may be rendered in place of the job's prompt. */
    boolean allows(Fence fence, String prompt) throws IOException, InterruptedException {
        var check = new PromptCheck(fence.attempt(), fence.leaseToken(), prompt);
        return read(send(post(job(fence) + "/prompt", check)), PromptVerdict.class)
                .allowed();
    }

    /** Hands in one file; the answer is the name by which the callback speaks of it. */
    String upload(Fence fence, int index, String mediaType, BodyPublisher bytes)
            throws IOException, InterruptedException {
        var response = send(fenced(job(fence) + "/assets/" + index, fence)
                .timeout(UPLOAD)
                .header("Content-Type", mediaType)
                .PUT(bytes));
        return read(response, Uploaded.class).asset();
    }

    /** Hands in a WebP of an asset that is there already. */
    void thumbnail(Fence fence, int index, byte[] webp) throws IOException, InterruptedException {
        send(fenced(job(fence) + "/assets/" + index + "/thumbnail", fence)
                .header("Content-Type", "image/webp")
                .PUT(BodyPublishers.ofByteArray(webp)));
    }

    /**
     * The bytes of one of a job's references.
     *
     * @throws RefusedException when it is not to be had
     */
    byte[] reference(Fence fence, String slot) throws IOException, InterruptedException {
        var request = fenced(job(fence) + "/references/" + slot, fence)
                .timeout(REFERENCE)
                .setHeader("Accept", "image/*")
                .GET();
        var response = http.send(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_REFERENCE));
        return switch (response.statusCode()) {
            case 200 -> response.body();
            case 409 -> throw new StaleLeaseException();
            case 500, 502, 503, 504 -> throw new IOException("the server answered " + response.statusCode());
            default ->
                throw new RefusedException(response.statusCode(), "the server answered " + response.statusCode());
        };
    }

    void callback(WorkerProtocol.Callback callback) throws IOException, InterruptedException {
        send(post("/api/job-callback", callback));
    }

    void release(Fence fence) throws IOException, InterruptedException {
        send(post(job(fence) + "/release", new Release(fence.attempt(), fence.leaseToken())));
    }

    private static String job(Fence fence) {
        return "/worker/jobs/" + fence.jobId();
    }

    private HttpRequest.Builder post(String path, Object body) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    }

    private HttpRequest.Builder fenced(String path, Fence fence) {
        return request(path)
                .header("X-Ourvidz-Attempt", Integer.toString(fence.attempt()))
                .header("X-Ourvidz-Lease", fence.leaseToken());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path))
                .timeout(ANSWER)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + key);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = http.send(request.build(), BodyHandlers.ofString());
        return switch (response.statusCode()) {
            case 200, 202, 204 -> response;
            case 409 -> throw new StaleLeaseException();
            case 400, 401, 403, 413, 415 -> throw new RefusedException(response.statusCode(), sentence(response));
            // All else, a 404 of a proxy included, says nothing about the request.
            default -> throw new IOException("the server answered " + response.statusCode());
        };
    }

    private static String sentence(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body())
                    .path("error")
                    .asString("the server answered " + response.statusCode());
        } catch (JacksonException e) {
            return "the server answered " + response.statusCode();
        }
    }

    private static <T> T read(HttpResponse<String> response, Class<T> type) throws IOException {
        try {
            return JSON.readValue(response.body(), type);
        } catch (JacksonException e) {
            throw new IOException("the server's answer cannot be read: " + e.getOriginalMessage(), e);
        }
    }
}
