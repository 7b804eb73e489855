package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.catalog.JobType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** A new user of the platform, and the workers that do what the user orders, by the protocol. */
final class ContractClient {

    /** As much of an MP4 as the server looks at before it keeps one. */
    private static final byte[] MP4 = "\0\0\0\u0018ftypisom\0\0\0\0isommp42".getBytes(StandardCharsets.ISO_8859_1);

    private final TestPlatform platform;
    private final String name = TestPlatform.newName();

    ContractClient(TestPlatform platform) {
        this.platform = platform;
    }

    TestPlatform platform() {
        return platform;
    }

    String name() {
        return name;
    }

    Client http() {
        return platform.user(name);
    }

    Answer order(String jobType, Map<String, ?> metadata) {
        return order(Map.of("jobType", jobType, "metadata", metadata));
    }

    Answer order(Map<String, ?> body) {
        return http().post("/api/queue-job", Client.JSON.writeValueAsString(body));
    }

    /** The answer to a good order of this type. */
    JsonNode ordered(String jobType) {
        return order(jobType, Map.of("prompt", "a lighthouse at dusk")).ok();
    }

    /** What the answer's job looks like afterwards, to whoever asks. */
    JsonNode job(JsonNode accepted) {
        return http().job(accepted.at("/job/id").asString());
    }

    /** The accepted job in the hands of a worker. */
    TestWorker.Held leased(JsonNode accepted) {
        return worker(accepted).lease(accepted.at("/job/id").asString());
    }

    TestWorker worker(JsonNode accepted) {
        return platform.newWorker(accepted.get("queue").asString());
    }

    /** Has the job done, with as many files as it is for, and shows it. */
    JsonNode done(JsonNode accepted) {
        return done(accepted, Map.of());
    }

    JsonNode done(JsonNode accepted, Map<String, Object> report) {
        var worker = worker(accepted);
        var held = worker.lease(accepted.at("/job/id").asString());
        var type = JobType.of(accepted.get("jobType").asString()).orElseThrow();
        var file = type.isVideo() ? MP4 : TestWorker.png();
        var assets = IntStream.range(0, held.message().get("num_images").asInt())
                .mapToObj(index -> worker.upload(
                                held,
                                Integer.toString(index),
                                file,
                                type.output().mediaType())
                        .ok()
                        .get("asset")
                        .asString())
                .toList();
        assertThat(worker.complete(held, assets, new HashMap<>(report)).status())
                .isEqualTo(200);
        return job(accepted);
    }

    /** What a browser gets that opens an asset's URL, with no header of its own. */
    Answer opened(JsonNode url) {
        var uri = URI.create(url.asString());
        return platform.stranger().get(uri.getRawPath() + "?" + uri.getRawQuery());
    }

    Answer upload(byte[] file) {
        return Uploads.picture(http(), file);
    }

    /** The URL of an uploaded picture. */
    String reference() {
        return upload(TestWorker.png()).ok().get("url").asString();
    }

    /** What the worker is told of the pictures that the accepted job refers to. */
    List<JsonNode> references(JsonNode accepted) {
        return leased(accepted).message().get("references").valueStream().toList();
    }
}
