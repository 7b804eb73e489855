package com.ourvidz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a prompt over HTTP to a picture, through a real worker process and real inference. */
class GenerationTest {

    private static final int STEPS_OF_HIGH = 900;

    @TempDir
    private static Path folder;

    private static RunningPlatform platform;

    @BeforeAll
    static void start() {
        platform = new RunningPlatform(
                folder.resolve("data"), Checkpoints.starter(folder.resolve("model"), STEPS_OF_HIGH), Map.of());
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void aJobEndsWithOnePictureThatSaysHowItWasMade() {
        var request = new JobRequest("sdxl_image_fast", "a fox in snow", Optional.of("rain"), 1, Optional.of(7L));
        var job = platform.awaitEnd(platform.submit(request));
        assertThat(job.isCompleted()).as(job.toString()).isTrue();
        assertThat(job.assets()).hasSize(1);
        assertThat(PngText.of(platform.picture(job, 0)))
                .containsEntry("Prompt", "a fox in snow")
                .containsEntry("Negative prompt", "rain")
                .containsEntry("Seed", "7")
                .containsEntry("Steps", "3")
                .containsEntry("Source", "AI-generated");
        assertThat(job.metadata().path("seeds").toString()).isEqualTo("[7]");
        assertThat(job.metadata().path("steps").asInt()).isEqualTo(3);
        assertThat(job.metadata().path("generation_time").asDouble()).isPositive();
        assertThat(job.timings()).containsKeys("model load", "text", "denoise", "decode", "upload");
    }

    @Test
    void theSameSeedGivesTheSameBytesAloneAndInABatch() {
        var batch = platform.awaitEnd(platform.submit(new JobRequest(
                "sdxl_image_fast", "a red lighthouse by the sea", Optional.empty(), 3, Optional.of(7L))));
        var again = platform.awaitEnd(platform.submit("sdxl_image_fast", 7));
        var third = platform.awaitEnd(platform.submit("sdxl_image_fast", 9));
        assertThat(batch.assets()).hasSize(3);
        assertThat(platform.picture(again, 0)).isEqualTo(platform.picture(batch, 0));
        assertThat(platform.picture(third, 0)).isEqualTo(platform.picture(batch, 2));
        assertThat(platform.picture(batch, 0)).isNotEqualTo(platform.picture(batch, 1));
    }

    @Test
    void anImageOfABatchMadeAgainAloneHasTheSameBytesAndSoHasTheWholeBatch() {
        var batch = platform.awaitEnd(platform.submit(new JobRequest(
                "sdxl_image_fast", "a red lighthouse by the sea", Optional.of("rain"), 3, Optional.empty())));
        var third = platform.awaitEnd(platform.regenerate(batch.id(), "{\"index\": 2}"));
        var all = platform.awaitEnd(platform.regenerate(batch.id(), "{}"));
        var other = platform.awaitEnd(platform.regenerate(batch.id(), "{\"index\": 2, \"random\": true}"));

        assertThat(third.assets()).hasSize(1);
        assertThat(platform.picture(third, 0)).isEqualTo(platform.picture(batch, 2));
        assertThat(all.assets()).hasSize(3);
        for (var index = 0; index < 3; index++) {
            assertThat(platform.picture(all, index)).isEqualTo(platform.picture(batch, index));
        }
        assertThat(platform.picture(other, 0)).isNotEqualTo(platform.picture(batch, 2));
        assertThat(third.metadata().path("regenerated_from").asString())
                .isEqualTo(batch.id().toString());
    }

    @Test
    void cancellingStopsTheDenoisingWithinSteps() throws IOException, InterruptedException {
        var job = platform.submit("sdxl_image_high", 7);
        platform.awaitStep(job, 1, 1);
        var begun = Instant.now();
        platform.awaitStep(job, 1, 11);
        var tenSteps = Duration.between(begun, Instant.now());
        var worker = platform.worker();

        platform.api().cancel(job);
        var cancelled = Instant.now();
        var next = platform.submit("sdxl_image_fast", 7);
        platform.await(next, "the next job's start", view -> !view.status().equals("queued"));

        // The other 880 steps would take 88 times as long as ten. A loaded machine gets some slack.
        assertThat(Duration.between(cancelled, Instant.now())).isLessThan(tenSteps.multipliedBy(20));
        assertThat(platform.awaitEnd(next).isCompleted()).isTrue();
        assertThat(platform.worker()).isEqualTo(worker);
        var ended = platform.job(job);
        assertThat(ended.status()).isEqualTo("failed");
        assertThat(ended.metadata().path("cancelled").asBoolean()).isTrue();
        assertThat(ended.assets()).isEqualTo(List.of());
    }
}
