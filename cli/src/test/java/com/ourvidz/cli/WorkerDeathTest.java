package com.ourvidz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real worker processes, really killed. */
class WorkerDeathTest {

    private static final int STEPS = 30;

    @TempDir
    private static Path folder;

    private static RunningPlatform platform;

    @BeforeAll
    static void start() {
        platform = new RunningPlatform(
                folder.resolve("data"), Checkpoints.starter(folder.resolve("model"), STEPS), Map.of());
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void line48AWorkerKilledMidDenoiseIsReplacedAndItsJobRunAgain() {
        var job = platform.submit("sdxl_image_high", 7);
        killAtStep(job, 1, 2);
        assertThat(platform.awaitEnd(job).attempt()).isEqualTo(2);
        assertEndedOnce(job);
    }

    @Test
    void tenKillsAtRandomMomentsOfOneJobLeaveOneAssetAndOneCharge() {
        var random = new Random(7);
        var job = platform.submit("sdxl_image_high", 7);
        for (var attempt = 1; attempt <= 10; attempt++) {
            killAtStep(job, attempt, random.nextInt(STEPS / 2));
        }
        platform.awaitEnd(job);
        assertEndedOnce(job);
    }

    private static void killAtStep(UUID job, int attempt, int step) {
        platform.awaitStep(job, attempt, step);
        var worker = platform.worker();
        worker.destroyForcibly();
        worker.onExit().join();
    }

    private static void assertEndedOnce(UUID id) {
        var job = platform.job(id);
        assertThat(job.isCompleted()).as(job.toString()).isTrue();
        assertThat(job.assets()).hasSize(1);
        assertThat(platform.publishedAssets(id)).isEqualTo(1);
        assertThat(platform.ledgerEntries("charge", id)).isEqualTo(1);
        assertThat(platform.ledgerEntries("refund", id)).isZero();
    }
}
