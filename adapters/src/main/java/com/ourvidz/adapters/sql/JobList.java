package com.ourvidz.adapters.sql;

import com.ourvidz.core.Page;
import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobFilter;
import com.ourvidz.core.job.JobState.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A user's jobs from newest to oldest, narrowed by a filter. A cursor is a place in the list of all of them, whatever the filter. */
record JobList(JdbcClient client) {

    /** The most jobs in whose prompts a page is searched for. */
    static final int MOST_SEARCHED = 1000;

    Page<Job> page(String userId, JobFilter filter, Optional<Page.Cursor> after, int limit) {
        var which = which(userId, filter, after);
        // One more than asked for tells whether there is another page.
        var rows = filter.text().isPresent() ? MOST_SEARCHED : limit + 1;
        ResultSetExtractor<Page<Job>> reading = found -> read(found, filter, limit, rows);
        var page = client.sql(sql(which))
                .params(which.parameters())
                .param("rows", rows)
                .query(reading);
        return new Page<>(Rows.withAssets(client, page.items()), page.next());
    }

    static String sql(Condition which) {
        return "SELECT * FROM jobs WHERE " + which.sql() + " ORDER BY created_at DESC, id DESC LIMIT :rows";
    }

    /** Only what narrows the list is in the statement, so that each filter finds the index that was made for it. */
    static Condition which(String userId, JobFilter filter, Optional<Page.Cursor> after) {
        var which = Condition.of("user_id = :user")
                .with("user", userId)
                .andIf("status = :status", "status", filter.status().map(Status::id))
                .andIf("type = :type", "type", filter.type().map(JobType::id))
                .andIf("project_id = :project", "project", filter.projectId())
                .andIf("created_at >= :from", "from", filter.from().map(Instant::toEpochMilli))
                .andIf("created_at < :to", "to", filter.to().map(Instant::toEpochMilli));
        return after.map(last -> which.and("(created_at, id) < (:createdAt, :id)")
                        .with("createdAt", last.createdAt().toEpochMilli())
                        .with("id", last.id().toString()))
                .orElse(which);
    }

    private static Page<Job> read(ResultSet rows, JobFilter filter, int limit, int most) throws SQLException {
        var jobs = new ArrayList<Job>();
        var searched = 0;
        var next = Optional.<Page.Cursor>empty();
        while (rows.next()) {
            if (filter.isIn(rows.getString("prompt"))) {
                if (jobs.size() == limit) {
                    return new Page<>(List.copyOf(jobs), place(jobs));
                }
                jobs.add(Rows.shown(rows, searched));
            }
            searched++;
            if (searched == most) {
                next = Optional.of(place(rows));
            }
        }
        return new Page<>(List.copyOf(jobs), next);
    }

    private static Optional<Page.Cursor> place(List<Job> jobs) {
        return Optional.of(jobs.getLast()).map(last -> new Page.Cursor(last.createdAt(), last.id()));
    }

    private static Page.Cursor place(ResultSet row) throws SQLException {
        return new Page.Cursor(Instant.ofEpochMilli(row.getLong("created_at")), UUID.fromString(row.getString("id")));
    }
}
