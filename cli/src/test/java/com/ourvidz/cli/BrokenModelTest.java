package com.ourvidz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints that are damaged, under a platform with real workers: the job says what is wrong, and the next one is made. */
class BrokenModelTest {

    private static final String WEIGHTS = "diffusion_pytorch_model.safetensors";

    @TempDir
    private static Path folder;

    private static RunningPlatform platform;
    private static Path sdxl;
    private static Path wan;

    @BeforeAll
    static void start() {
        sdxl = Checkpoints.starter(folder.resolve("model"), 3);
        wan = Checkpoints.wan(folder.resolve("wan"), 3);
        platform = new RunningPlatform(
                folder.resolve("data"),
                sdxl,
                Map.of("OURVIDZ_WORKERS", "sdxl_queue,wan_queue", "OURVIDZ_WAN_MODEL", wan.toString()));
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void line53AndLine76AModelThatCannotBeLoadedFailsItsJobAndOnceItIsWholeTheNextOneIsMade() throws IOException {
        var unet = own(sdxl, "unet");
        var config = Files.readString(unet.resolve("config.json"));
        Files.delete(unet.resolve("config.json"));
        assertFails(submit("sdxl_image_fast"), "unet", "config.json", "missing");

        Files.writeString(unet.resolve("config.json"), config);
        var made = platform.awaitEnd(submit("sdxl_image_fast"));
        assertThat(made.isCompleted()).as(made.toString()).isTrue();
    }

    @Test
    void line77NanInTheOutputFailsTheJobWithAHintAndPublishesNothing() throws IOException {
        var autoencoder = own(wan, "vae");
        var whole = Files.readAllBytes(autoencoder.resolve(WEIGHTS));
        Files.write(autoencoder.resolve(WEIGHTS), withNan(whole, "decoder.conv_out.bias"));
        var picture = submit("image_fast");
        assertFails(picture, "NaN", "float32");
        assertThat(platform.publishedAssets(picture)).isZero();
        var video = submit("video_fast");
        assertFails(video, "NaN", "float32");
        assertThat(platform.publishedAssets(video)).isZero();
    }

    private static UUID submit(String type) {
        return platform.submit(new JobRequest(type, "a fox in snow", Optional.empty(), 1, Optional.empty()));
    }

    private static void assertFails(UUID id, String... why) {
        var job = platform.awaitEnd(id);
        assertThat(job.status()).as(job.toString()).isEqualTo("failed");
        assertThat(job.failure()).contains(why).doesNotContain("Exception");
        assertThat(platform.ledgerEntries("charge", id)).isEqualTo(1);
        assertThat(platform.ledgerEntries("refund", id)).isEqualTo(1);
    }

    /** A copy of a component in place of the link to it. */
    private static Path own(Path checkpoint, String component) throws IOException {
        var link = checkpoint.resolve(component);
        var original = link.toRealPath();
        Files.delete(link);
        Files.createDirectory(link);
        try (var files = Files.list(original)) {
            for (var file : files.toList()) {
                Files.copy(file, link.resolve(file.getFileName()));
            }
        }
        return link;
    }

    /** The same weights, with NaN as the first number of a tensor in float32. */
    private static byte[] withNan(byte[] weights, String tensor) {
        var bytes = ByteBuffer.wrap(weights.clone()).order(ByteOrder.LITTLE_ENDIAN);
        var headerSize = (int) bytes.getLong(0);
        var header = new String(weights, Long.BYTES, headerSize, StandardCharsets.UTF_8);
        var entry = Pattern.compile("\"" + Pattern.quote(tensor) + "\": *\\{[^}]*\"data_offsets\": *\\[(\\d+),")
                .matcher(header)
                .results()
                .findFirst()
                .orElseThrow();
        bytes.putFloat(Long.BYTES + headerSize + Integer.parseInt(entry.group(1)), Float.NaN);
        return bytes.array();
    }
}
