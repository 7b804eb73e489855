package com.ourvidz.adapters.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.adapters.StoreFixture;
import com.ourvidz.core.money.LedgerEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that accepts jobs without a pause, and is killed while it does. */
class KilledWriterTest {

    private static final int ROUNDS = 3;
    private static final String USER = "ann";

    @TempDir
    private Path folder;

    @Test
    void line43KilledBetweenChargeAndJobLeavesBothOrNeither() throws IOException, InterruptedException {
        var file = folder.resolve("ourvidz.db");
        var acknowledged = new HashSet<UUID>();
        for (var round = 0; round < ROUNDS; round++) {
            acknowledged.addAll(acknowledgedUntilKilled(file, 5 + new Random().nextInt(20)));
            try (var database = Database.sqlite(file)) {
                var ledger = new SqlLedger(database);
                var charged = ledger.entries(USER).stream()
                        .filter(entry -> entry.kind() == LedgerEntry.Kind.CHARGE)
                        .map(LedgerEntry::jobId)
                        .flatMap(Optional::stream)
                        .toList();
                assertThat(ledger.discrepancies()).isEmpty();
                assertThat(charged).doesNotHaveDuplicates().containsAll(acknowledged);
                assertThat(charged)
                        .hasSize(database.read()
                                .sql("SELECT COUNT(*) FROM jobs")
                                .query(Integer.class)
                                .single());
            }
        }
    }

    private static Set<UUID> acknowledgedUntilKilled(Path file, int least) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "--enable-native-access=ALL-UNNAMED",
                        Writer.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var jobs = new HashSet<UUID>();
        try (var lines = process.inputReader()) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("accepted ")) {
                    jobs.add(UUID.fromString(line.substring("accepted ".length())));
                }
                if (jobs.size() == least) {
                    process.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(process.waitFor()).isNotZero();
        assertThat(jobs).hasSizeGreaterThanOrEqualTo(least);
        return jobs;
    }

    /** The process. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] args) throws IOException {
            var settings = new SqlJobStore.Settings(
                    StoreFixture.SETTINGS.lease(), StoreFixture.SETTINGS.generationLimit(), 3, 1_000_000);
            try (var database = Database.sqlite(Path.of(args[0]))) {
                var jobs = new SqlJobStore(
                        database, InstantSource.system(), new SteadyClock(InstantSource.system()), settings);
                while (true) {
                    var job = jobs.accept(USER, StoreFixture.order(1, 1), Optional.empty(), StoreFixture.LIMITS)
                            .job();
                    jobs.cancel(
                            job.id(), USER); // a waiting job less, and another pair of which both or neither is there
                    System.out.println("accepted " + job.id());
                }
            }
        }
    }
}
