package com.ourvidz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A WAN job that would never end, under a short generation limit. */
class HangingGenerationTest {

    private static final int ENDLESS = 1000;

    @TempDir
    private Path folder;

    @Test
    void line52AGenerationThatHangsFailsByItsLimitAndTheWorkerIsFreeAgain() {
        var settings = Map.of(
                "OURVIDZ_WORKERS", "wan_queue",
                "OURVIDZ_GENERATION_LIMIT", "25",
                "OURVIDZ_WAN_MODEL",
                        Checkpoints.wan(folder.resolve("wan"), ENDLESS).toString());
        try (var platform = new RunningPlatform(
                folder.resolve("data"), Checkpoints.starter(folder.resolve("model"), 1), settings)) {
            var job = submit(platform, "video_high"); // its steps take ten times the limit and more
            platform.awaitStep(job, 1, 1);
            var worker = platform.worker();
            var ended = platform.awaitEnd(job);
            assertThat(ended.status()).isEqualTo("failed");
            assertThat(ended.failure()).contains("timeout");
            assertThat(platform.ledgerEntries("refund", job)).isEqualTo(1);
            var next = platform.awaitEnd(submit(platform, "image_fast"));
            assertThat(next.isCompleted()).as(next.toString()).isTrue();
            assertThat(platform.worker()).isEqualTo(worker);
        }
    }

    private static UUID submit(RunningPlatform platform, String type) {
        return platform.submit(new JobRequest(type, "a fox in snow", Optional.empty(), 1, Optional.empty()));
    }
}
