package com.ourvidz.bench;

import com.ourvidz.adapters.sql.Database;
import com.ourvidz.adapters.sql.SqlJobStore;
import com.ourvidz.adapters.sql.SteadyClock;
import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.catalog.Queue;
import com.ourvidz.core.job.JobOrder;
import com.ourvidz.core.job.JobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a claim costs with 10, 10,000 and 1,000,000 waiting jobs of a hundred users: the commit included, one after the other. */
final class ClaimBenchmark {

    private static final int[] LENGTHS = {10, 10_000, 1_000_000};
    private static final int WARM_UP = 50;
    private static final int CLAIMS = 300;
    private static final int USERS = 100;
    private static final JobStore.Limits LIMITS = new JobStore.Limits(10_000_000, 10_000_000);

    private ClaimBenchmark() {}

    public static void main(String[] args) throws IOException, SQLException {
        System.out.println("waiting jobs   claims/s   p50 ms   p99 ms   p50 to that of the shortest");
        var shortest = 0.0;
        for (var length : LENGTHS) {
            var times = measure(length);
            shortest = shortest == 0 ? times.median() : shortest;
            System.out.printf(
                    Locale.ROOT,
                    "%12d   %8.0f   %6.2f   %6.2f   %.2f%n",
                    length,
                    1 / times.median(),
                    1000 * times.median(),
                    1000 * times.percentile(99),
                    times.median() / shortest);
        }
    }

    private static Times measure(int length) throws IOException, SQLException {
        var directory = Files.createTempDirectory("ourvidz-bench");
        var file = directory.resolve("ourvidz.db");
        try {
            Database.sqlite(file).close();
            fill(file, length);
            try (var database = Database.sqlite(file)) {
                var clock = InstantSource.system();
                var settings = new SqlJobStore.Settings(Duration.ofMinutes(10), Duration.ofHours(1), 3, 1_000_000_000);
                return claims(new SqlJobStore(database, clock, new SteadyClock(clock), settings));
            }
        } finally {
            try (var files = Files.walk(directory)) {
                for (var each : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    /** For each job that is taken another one comes in, so that the queue keeps its length. */
    private static Times claims(SqlJobStore jobs) {
        var times = new ArrayList<Double>();
        for (var i = -WARM_UP; i < CLAIMS; i++) {
            var start = System.nanoTime();
            var _ = jobs.claim(Queue.SDXL_QUEUE, "worker").orElseThrow();
            if (i >= 0) {
                times.add((System.nanoTime() - start) / 1e9);
            }
            jobs.accept("user-" + Math.floorMod(i, USERS), order(), Optional.empty(), LIMITS);
        }
        return Times.of(times);
    }

    private static JobOrder order() {
        return new JobOrder(
                JobType.SDXL_IMAGE_FAST,
                "a red lighthouse by the sea at sunset",
                Optional.empty(),
                1,
                7,
                1,
                List.of(),
                Map.of(),
                new JobOrder.ClientIds(Optional.empty(), Optional.empty(), Optional.empty()),
                List.of());
    }

    /** Users take turns in what is written, as they would have if it had been ordered. */
    private static void fill(Path file, int length) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous = OFF");
            statement.execute(numbers(USERS)
                    + " INSERT INTO users (id, created_at, balance) SELECT 'user-' || i, 0, 1000000000 FROM numbers");
            statement.execute(numbers(length) + """
                     INSERT INTO jobs (id, user_id, created_at, turn, type, queue, prompt, num_images, seed, price,
                                      metadata, warnings, status)
                    SELECT printf('%%08x-0000-4000-8000-%%012x', i, i), 'user-' || (i %% %1$d), i, 1 + 2 * (i / %1$d),
                           'sdxl_image_fast', 'sdxl_queue', 'a red lighthouse by the sea at sunset', 1, 7, 1,
                           '{}', '[]', 'queued'
                      FROM numbers""".formatted(USERS));
        }
    }

    private static String numbers(int count) {
        return "WITH RECURSIVE numbers(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM numbers WHERE i < " + (count - 1)
                + ")";
    }
}
