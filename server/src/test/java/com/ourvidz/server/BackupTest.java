package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.adapters.sql.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupTest {

    private static final String USER = "backed-up";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"copy.zip", "copy"})
    void aCopyOfARunningPlatformUnderLoadIsRestoredWithEveryPublishedAsset(String name)
            throws IOException, InterruptedException {
        var copy = folder.resolve(name);
        var data = folder.resolve("restored");
        Backup.Contents saved;
        try (var platform = new TestPlatform(Map.of())) {
            var user = platform.user(USER);
            var worker = platform.newWorker();
            var done = new AtomicInteger();
            var goOn = new AtomicBoolean(true);
            var load = Thread.startVirtualThread(() -> {
                while (goOn.get()) {
                    worker.does(user.ordered("a fox in snow"));
                    done.incrementAndGet();
                }
            });
            Polling.until(() -> done.get() >= 5);
            saved = new Backup(platform.data()).take(copy);
            var before = done.get();
            Polling.until(() -> done.get() >= before + 2); // nobody had to wait for the copy
            goOn.set(false);
            load.join();
        }
        assertThat(saved.lost()).isEmpty();
        assertThat(saved.objects()).isGreaterThanOrEqualTo(5);
        assertThat(Backup.restore(copy, data)).isEqualTo(saved);
        assertThat(new SqliteFile(data.resolve("ourvidz.db")).damage()).isEmpty();
        try (var restored = new TestPlatform(Map.of("OURVIDZ_DATA", data.toString()))) {
            var jobs = restored.user(USER)
                    .get("/api/jobs?limit=100")
                    .ok()
                    .get("jobs")
                    .valueStream()
                    .filter(job -> job.get("status").asString().equals("completed"))
                    .toList();
            assertThat(jobs).hasSize(saved.objects());
            for (var job : jobs) {
                var asset = restored.stranger().get(job.at("/assets/0").asString());
                assertThat(asset.bytes()).isEqualTo(TestWorker.png());
            }
        }
    }

    @Test
    void aCopyIsItsOwnersAloneAndHoldsTheSecrets() throws IOException {
        var copy = folder.resolve("copy");
        try (var platform = new TestPlatform(Map.of())) {
            new Backup(platform.data()).take(copy);
            assertThat(copy.resolve("worker.key"))
                    .hasSameTextualContentAs(platform.data().resolve("worker.key"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .startsWith("rwx---");
        assertThat(copy.resolve("lock")).doesNotExist();
        assertThat(copy.resolve("server.url")).doesNotExist();
    }

    @Test
    void whatIsThereAlreadyIsNotOverwritten() throws IOException {
        try (var platform = new TestPlatform(Map.of())) {
            var backup = new Backup(platform.data());
            var copy = folder.resolve("copy.zip");
            backup.take(copy);
            assertThatThrownBy(() -> backup.take(copy)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> Backup.restore(copy, platform.data())).isInstanceOf(IOException.class);
        }
        assertThat(folder.toFile().list()).containsExactly("copy.zip");
    }

    @Test
    void anAssetThatIsLostIsNamed() throws IOException {
        try (var platform = new TestPlatform(Map.of())) {
            platform.newWorker().does(platform.newUser().ordered("a fox in snow"));
            Path lost;
            try (var files = Files.walk(platform.data().resolve("objects"))) {
                lost = files.filter(file -> file.toString().endsWith(".png"))
                        .findFirst()
                        .orElseThrow();
            }
            Files.delete(lost);
            var contents = new Backup(platform.data()).take(folder.resolve("copy"));
            assertThat(contents.lost())
                    .containsExactly(
                            platform.data().resolve("objects").relativize(lost).toString());
        }
    }

    @Test
    void whatIsNoBackupIsRefused() throws IOException {
        var other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("notes.txt"), "nothing");
        assertThatThrownBy(() -> Backup.restore(other, folder.resolve("data"))).hasMessageContaining("no backup");
    }

    /** Waits for something that another thread does. */
    private interface Polling {

        interface Condition {
            boolean holds();
        }

        static void until(Condition condition) throws InterruptedException {
            var deadline = System.nanoTime() + 60_000_000_000L;
            while (!condition.holds()) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                Thread.sleep(20);
            }
        }
    }
}
