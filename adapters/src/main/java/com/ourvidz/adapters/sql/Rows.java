package com.ourvidz.adapters.sql;

import static java.util.stream.Collectors.groupingBy;

import com.ourvidz.core.asset.Asset;
import com.ourvidz.core.asset.ListedAsset;
import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobOrder;
import com.ourvidz.core.job.JobState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From the columns of {@code jobs} and {@code assets} to the domain's records. */
final class Rows {

    private Rows() {}

    /**
     * A job without its assets.
     *
     * @throws UnreadableJobException when it says what this version does not know
     */
    static Job job(ResultSet row, int number) throws SQLException {
        var id = UUID.fromString(row.getString("id"));
        try {
            return job(row, order(row), Json.object(row.getString("report")), true);
        } catch (RuntimeException e) {
            throw new UnreadableJobException(id, e);
        }
    }

    /** A job without its assets, if this version can read it. */
    static Optional<Job> readable(ResultSet row, int number) throws SQLException {
        try {
            return Optional.of(job(row, number));
        } catch (UnreadableJobException e) {
            return Optional.empty();
        }
    }

    /** A job without its assets, or what this version can read of it. */
    static Job shown(ResultSet row, int number) throws SQLException {
        var whole = readable(row, number);
        return whole.isPresent() ? whole.get() : job(row, rest(row), Map.of(), false);
    }

    private static Job job(ResultSet row, JobOrder order, Map<String, Object> report, boolean readable)
            throws SQLException {
        return new Job(
                UUID.fromString(row.getString("id")),
                row.getString("user_id"),
                order,
                instant(row, "created_at"),
                state(row),
                row.getInt("attempt"),
                row.getLong("version"),
                report,
                List.of(),
                readable);
    }

    static Asset asset(ResultSet row, int number) throws SQLException {
        return new Asset(
                UUID.fromString(row.getString("id")),
                UUID.fromString(row.getString("job_id")),
                row.getString("user_id"),
                row.getString("bucket"),
                row.getInt("asset_index"),
                row.getString("object_key"),
                row.getString("media_type"),
                row.getLong("bytes"),
                row.getLong("thumbnail_bytes"),
                instant(row, "created_at"));
    }

    /** An asset beside columns of its job. */
    static ListedAsset listedAsset(ResultSet row, int number) throws SQLException {
        var asset = asset(row, number);
        return new ListedAsset(
                asset,
                row.getString("prompt"),
                row.getLong("seed") + asset.index(),
                text(row, "project_id"),
                row.getBoolean("favourite"));
    }

    /** The same jobs, those that are completed with their published assets: one query for all of them. */
    static List<Job> withAssets(JdbcClient client, List<Job> jobs) {
        var completed = jobs.stream()
                .filter(job -> job.state() instanceof JobState.Completed)
                .map(job -> job.id().toString())
                .toList();
        if (completed.isEmpty()) {
            return jobs;
        }
        var assets = client
                .sql("SELECT * FROM assets WHERE job_id IN (:jobs) AND state = 'published' ORDER BY asset_index")
                .param("jobs", completed)
                .query(Rows::asset)
                .list()
                .stream()
                .collect(groupingBy(Asset::jobId));
        return jobs.stream()
                .map(job -> with(assets.getOrDefault(job.id(), List.of()), job))
                .toList();
    }

    private static Job with(List<Asset> assets, Job job) {
        return new Job(
                job.id(),
                job.userId(),
                job.order(),
                job.createdAt(),
                job.state(),
                job.attempt(),
                job.version(),
                job.report(),
                assets,
                job.readable());
    }

    private static JobOrder order(ResultSet row) throws SQLException {
        return new JobOrder(
                JobType.of(row.getString("type")).orElseThrow(),
                row.getString("prompt"),
                text(row, "negative_prompt"),
                row.getInt("num_images"),
                row.getLong("seed"),
                row.getLong("price"),
                ReferenceColumn.read(row.getString("reference_images")),
                Json.object(row.getString("metadata")),
                new JobOrder.ClientIds(text(row, "project_id"), text(row, "video_id"), text(row, "image_id")),
                Json.strings(row.getString("warnings")));
    }

    /** The plain columns of an order, of which the others cannot be read. */
    private static JobOrder rest(ResultSet row) throws SQLException {
        var type = row.getString("type");
        var known = JobType.of(type);
        return new JobOrder(
                known.orElse(JobType.SDXL_IMAGE_FAST),
                row.getString("prompt"),
                text(row, "negative_prompt"),
                row.getInt("num_images"),
                row.getLong("seed"),
                row.getLong("price"),
                List.of(),
                known.isPresent() ? Map.of() : Map.of("job_type", type),
                new JobOrder.ClientIds(text(row, "project_id"), text(row, "video_id"), text(row, "image_id")),
                List.of());
    }

    private static JobState state(ResultSet row) throws SQLException {
        return switch (JobState.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT))) {
            case QUEUED -> new JobState.Queued();
            case PROCESSING ->
                new JobState.Processing(instant(row, "started_at"), row.getInt("progress"), row.getString("stage"));
            case COMPLETED -> new JobState.Completed(instant(row, "started_at"), instant(row, "ended_at"));
            case FAILED ->
                new JobState.Failed(
                        row.getObject("started_at") == null
                                ? Optional.empty()
                                : Optional.of(instant(row, "started_at")),
                        instant(row, "ended_at"),
                        row.getString("error_message"),
                        row.getBoolean("cancelled"));
        };
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }
}
