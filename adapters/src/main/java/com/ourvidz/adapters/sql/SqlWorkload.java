package com.ourvidz.adapters.sql;

import static java.util.stream.Collectors.toUnmodifiableMap;

import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.catalog.Queue;
import com.ourvidz.core.estimate.Workload;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the rows of jobs say of work done and to be done. */
public final class SqlWorkload implements Workload {

    private final Database database;

    public SqlWorkload(Database database) {
        this.database = database;
    }

    @Override
    public Map<Kind, Integer> waiting(Queue queue, int most) {
        return database
                .read()
                .sql("""
                        SELECT type, num_images, COUNT(*) AS jobs
                          FROM (SELECT type, num_images FROM jobs WHERE status = 'queued' AND queue = :queue LIMIT :most) AS some
                         GROUP BY type, num_images""")
                .param("queue", queue.id())
                .param("most", most)
                .query((row, number) -> {
                    var jobs = row.getInt("jobs");
                    return kind(row).map(kind -> Map.entry(kind, jobs));
                })
                .list()
                .stream()
                .flatMap(Optional::stream)
                .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public List<Running> running(Queue queue) {
        return database
                .read()
                .sql("SELECT type, num_images, progress FROM jobs WHERE status = 'processing' AND queue = :queue")
                .param("queue", queue.id())
                .query((row, number) -> {
                    var progress = row.getInt("progress");
                    return kind(row).map(kind -> new Running(kind, progress));
                })
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public List<Duration> completed(Kind kind, int most) {
        return database.read()
                .sql("""
                        SELECT ended_at - started_at AS took FROM jobs
                         WHERE status = 'completed' AND type = :type AND num_images = :numImages
                         ORDER BY ended_at DESC LIMIT :most""")
                .param("type", kind.type().id())
                .param("numImages", kind.numImages())
                .param("most", most)
                .query((row, number) -> Duration.ofMillis(Math.max(0, row.getLong("took")))) // clocks are put back
                .list();
    }

    /** Empty for a type of a newer version: such a job is given up when its turn comes, which takes no time. */
    private static Optional<Kind> kind(ResultSet row) throws SQLException {
        var numImages = row.getInt("num_images");
        return JobType.of(row.getString("type")).map(type -> new Kind(type, numImages));
    }
}
