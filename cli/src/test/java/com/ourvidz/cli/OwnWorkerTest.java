package com.ourvidz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that the platform does not supervise, as on other machines: only leases tell whether they live. */
class OwnWorkerTest {

    private static final int STEPS_OF_HIGH = 60;
    private static final Duration LEASE = Duration.ofSeconds(4);

    /** Seconds of grace that no job here needs. */
    private static final int PLENTY = 120;

    @TempDir
    private Path folder;

    private RunningPlatform platform;

    @BeforeEach
    void start() {
        platform = new RunningPlatform(
                folder.resolve("data"),
                Checkpoints.starter(folder.resolve("model"), STEPS_OF_HIGH),
                Map.of("OURVIDZ_WORKERS", "none", "OURVIDZ_LEASE", Long.toString(LEASE.toSeconds())));
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void line49TheWordOfAWorkerThatWasPausedPastTwoLeasesIsRefused() throws IOException, InterruptedException {
        var paused = platform.startOwnWorker(0);
        var job = platform.submit("sdxl_image_high", 7);
        platform.awaitStep(job, 1, 1);
        Java.signal("STOP", paused.toHandle());
        var stoppedAt = System.nanoTime();

        var other = platform.startOwnWorker(0);
        platform.awaitStep(job, 2, 1);
        Await.until("two leases", () -> System.nanoTime() - stoppedAt, nanos -> nanos > 2 * LEASE.toNanos());
        Java.signal("CONT", paused.toHandle());

        var ended = platform.awaitEnd(job);
        assertThat(ended.isCompleted()).as(ended.toString()).isTrue();
        assertThat(ended.attempt()).isEqualTo(2);
        assertThat(platform.publishedAssets(job)).isEqualTo(1);
        assertThat(platform.ledgerEntries("charge", job)).isEqualTo(1);

        // The one that was paused has dropped the job and is as good as before.
        other.destroyForcibly().onExit().join();
        var next = platform.awaitEnd(platform.submit("sdxl_image_high", 7));
        assertThat(next.isCompleted()).as(next.toString()).isTrue();
        assertThat(platform.picture(next, 0)).isEqualTo(platform.picture(ended, 0));
        assertThat(paused.isAlive()).isTrue();
    }

    @Test
    void line56AWorkerThatIsToldToEndFinishesItsJobWithinTheGraceTime() throws IOException, InterruptedException {
        var worker = platform.startOwnWorker(PLENTY);
        var job = platform.submit("sdxl_image_high", 7);
        var waiting = platform.submit("sdxl_image_high", 8);
        platform.awaitStep(job, 1, 1);
        worker.destroy();
        assertThat(worker.waitFor()).isZero();
        assertThat(platform.job(job).isCompleted()).isTrue();
        assertThat(platform.job(waiting).status()).isEqualTo("queued");
    }

    @Test
    void line56AWorkerThatIsToldToEndGivesALongJobBack() throws IOException, InterruptedException {
        var worker = platform.startOwnWorker(0);
        var job = platform.submit("sdxl_image_high", 7);
        platform.awaitStep(job, 1, 1);
        worker.destroy();
        assertThat(worker.waitFor()).isZero();
        assertThat(platform.job(job).status()).isEqualTo("queued");
    }

    @Test
    void line56AnIdleWorkerEndsAtOnce() throws IOException, InterruptedException {
        var worker = platform.startOwnWorker(PLENTY);
        platform.awaitEnd(platform.submit("sdxl_image_fast", 7));
        worker.destroy();
        assertThat(worker.waitFor(PLENTY / 4, TimeUnit.SECONDS)).isTrue();
        assertThat(worker.exitValue()).isZero();
    }
}
