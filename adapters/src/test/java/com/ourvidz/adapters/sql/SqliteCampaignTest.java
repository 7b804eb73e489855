package com.ourvidz.adapters.sql;

import static com.ourvidz.core.catalog.Queue.SDXL_QUEUE;
import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.adapters.SettableClock;
import com.ourvidz.adapters.StoreFixture;
import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobState;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of the machine below the embedded database: killed processes, and a disk that is full. */
class SqliteCampaignTest extends SqliteFixture {

    /** Takes one order in a process of its own, and says when it has begun and when it has ended. */
    static final class Accepting {
        public static void main(String[] args) throws IOException {
            var database = Database.sqlite(Path.of(args[0]));
            var jobs = new SqlJobStore(
                    database, InstantSource.system(), new SteadyClock(InstantSource.system()), SETTINGS);
            System.out.println("open");
            var job = jobs.accept(ANN, StoreFixture.order(1, 1), Optional.empty(), LIMITS)
                    .job();
            System.out.println(job.id());
        }
    }

    /** A trigger without end holds the process where it is to be killed: job and charge are written one after the other. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "AFTER INSERT ON jobs",
                "BEFORE INSERT ON ledger WHEN NEW.amount < 0",
                "AFTER INSERT ON ledger WHEN NEW.amount < 0",
                "AFTER UPDATE ON users WHEN NEW.balance < OLD.balance"
            })
    void line43KilledBetweenJobAndChargeThereIsNeither(String where) throws Exception {
        edit("CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n");
        edit("CREATE TRIGGER hangs " + where + " BEGIN SELECT COUNT(*) FROM endless; END");

        var child = accepting();
        try (var said = child.inputReader()) {
            assertThat(said.readLine()).isEqualTo("open");
            awaitWriter();
            kill(child);
        }

        close();
        open();
        edit("DROP TRIGGER hangs");
        assertThat(jobsOfAnn()).isEmpty();
        assertThat(ledger().entries(ANN)).isEmpty();
        assertWhole();
        assertThat(paid(accepted(ANN))).isEqualTo(-1);
    }

    @Test
    void line43KilledAfterItHasSaidSoThereAreBoth() throws Exception {
        var child = accepting();
        try (var said = child.inputReader()) {
            var id = lastOf(said);
            kill(child);

            assertThat(jobsOfAnn()).extracting(job -> job.id().toString()).containsExactly(id);
            assertThat(paid(jobsOfAnn().getFirst())).isEqualTo(-1);
            assertWhole();
        }
    }

    @Test
    void line55OnAFullDiskWhatWasAcknowledgedIsThereAndTheRestIsRefused() {
        limitPages(1); // which SQLite takes for: no more than there are
        var acknowledged = new ArrayList<Job>();
        var refused = Optional.<Exception>empty();
        while (refused.isEmpty()) {
            try {
                acknowledged.add(accepted(ANN));
            } catch (RuntimeException e) {
                refused = Optional.of(e);
            }
        }

        assertThat(refused.orElseThrow()).hasStackTraceContaining("database or disk is full");
        assertThat(jobsOfAnn()).containsExactlyInAnyOrderElementsOf(acknowledged);
        assertWhole();
        limitPages(1_000_000);
        acknowledged.add(accepted(ANN));
        assertThat(jobsOfAnn()).containsExactlyInAnyOrderElementsOf(acknowledged);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type = 'hologram_fast'",
                "reference_images = '[{\"slot\":\"scent\",\"strength\":1,\"url\":\"https://pictures.example/fox.png\"}]'",
                "metadata = 'a new encoding'"
            })
    void line59AJobOfANewerVersionIsGivenUpAndPaidBackAndTheQueueMovesOn(String written) {
        var strange = accepted(ANN);
        var next = accepted(BOB);
        edit("UPDATE jobs SET " + written + " WHERE id = '" + strange.id() + "'");

        assertThat(claimed().jobId()).isEqualTo(next.id());

        assertThat(paid(strange)).isZero();
        assertThat(column("status", strange)).isEqualTo("failed");
        assertThat(column("error_message", strange)).contains("newer");
        assertThat(jobsOfAnn()).singleElement().satisfies(shown -> {
            assertThat(shown.readable()).isFalse();
            assertThat(shown.state())
                    .isInstanceOfSatisfying(
                            JobState.Failed.class,
                            failed -> assertThat(failed.message()).contains("newer"));
            assertThat(jobs().find(strange.id(), ANN)).contains(shown);
            assertThat(jobs().findAll(Set.of(strange.id()))).containsExactly(shown);
        });
        assertWhole();
    }

    @Test
    void line59ALeaseOfSuchAJobIsLost() {
        var strange = accepted(ANN);
        var fence = claimed();
        edit("UPDATE jobs SET type = 'hologram_fast' WHERE id = '" + strange.id() + "'");
        assertThat(jobs().held(fence)).isEmpty();
    }

    @Test
    void line59OnceTakenItDoesNotStopTheSweepOfTheOthers() {
        var strange = accepted(ANN);
        claimed();
        var other = accepted(BOB);
        claimed();
        edit("UPDATE jobs SET type = 'hologram_fast' WHERE id = '" + strange.id() + "'");
        clock().advance(PAST_LEASE);

        assertThat(jobs().sweep()).extracting(Job::id).containsExactly(other.id());

        assertThat(column("status", strange)).isEqualTo("failed");
        assertThat(paid(strange)).isZero();
        assertWhole();
    }

    @ParameterizedTest
    @ValueSource(longs = {-10, 10})
    void line60AClockThatIsSetMakesNoLeaseAndNoAttemptOlderOrYounger(long minutes) {
        var wall = new SettableClock();
        var passed = new SettableClock();
        var leaseClock = new SteadyClock(wall, () -> TimeUnit.MILLISECONDS.toNanos(passed.millis()));
        var jobs = new SqlJobStore(database, wall, leaseClock, SETTINGS);
        var assets = new SqlAssetStore(database, wall, leaseClock);
        var job = jobs.accept(ANN, StoreFixture.order(1, 1), Optional.empty(), LIMITS)
                .job();
        var fence = jobs.claim(SDXL_QUEUE, "worker").orElseThrow().fence();

        wall.advance(Duration.ofMinutes(minutes));
        passed.advance(SETTINGS.lease().minusSeconds(1));

        assertThat(jobs.sweep()).isEmpty();
        assertThat(jobs.held(fence)).isPresent();
        assertThat(assets.stage(fence, asset(fence, 0, 1))).isTrue();
        assertThat(jobs.heartbeat(fence, 50, "denoising")).isTrue();
        wall.advance(Duration.ofMinutes(minutes));
        passed.advance(PAST_LEASE);
        assertThat(jobs.sweep()).extracting(Job::id).containsExactly(job.id());
        assertThat(jobs.heartbeat(fence, 60, "denoising")).isFalse();
    }

    @Test
    void line60ALeaseOutlivesARestartDuringWhichNobodyCouldExtendItAndTheClockWasSet() {
        var job = accepted(ANN);
        var fence = claimed();
        clock().advance(Duration.ofMinutes(20));

        jobs().renewLeases();

        assertThat(jobs().sweep()).isEmpty();
        assertThat(jobs().heartbeat(fence, 50, "denoising")).isTrue();
        clock().advance(PAST_LEASE);
        assertThat(jobs().sweep()).extracting(Job::id).containsExactly(job.id());
    }

    private String column(String name, Job job) {
        return database.read()
                .sql("SELECT " + name + " FROM jobs WHERE id = :id")
                .param("id", job.id().toString())
                .query(String.class)
                .single();
    }

    private void limitPages(int most) {
        database.transaction(transaction -> transaction
                .sql("PRAGMA max_page_count = " + most)
                .query(Long.class)
                .single());
    }

    private Process accepting() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Accepting.class.getName(),
                        file().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Returns when another process writes. */
    private void awaitWriter() throws SQLException {
        var deadline = Instant.now().plus(Duration.ofSeconds(30));
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 0");
            while (true) {
                assertThat(Instant.now()).isBefore(deadline);
                statement.execute("BEGIN IMMEDIATE");
                statement.execute("ROLLBACK");
                Thread.onSpinWait();
            }
        } catch (SQLException e) {
            assertThat(e.getMessage()).contains("SQLITE_BUSY");
        }
    }

    private static String lastOf(BufferedReader said) throws IOException {
        assertThat(said.readLine()).isEqualTo("open");
        return said.readLine();
    }

    /** With a signal that no process can catch. */
    private static void kill(Process child) throws InterruptedException {
        child.destroyForcibly().waitFor();
    }

    private List<Job> jobsOfAnn() {
        return jobs().list(ANN, Optional.empty(), 1000).items();
    }

    private void assertWhole() {
        assertMoneyAddsUp();
        assertThat(database.read()
                        .sql("PRAGMA integrity_check")
                        .query(String.class)
                        .single())
                .isEqualTo("ok");
    }

    private void edit(String sql) {
        database.transaction(transaction -> transaction.sql(sql).update());
    }

    private Path file() {
        return directory.resolve("data/ourvidz.db");
    }
}
