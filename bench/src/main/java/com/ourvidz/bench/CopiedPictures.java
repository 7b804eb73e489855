package com.ourvidz.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Many pictures in a database, each with a job, a time and a prompt of its own: rows like those of one that was made. They share its bytes. */
final class CopiedPictures {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private CopiedPictures() {}

    static void add(Started started, int count) throws IOException, InterruptedException, SQLException {
        var job = made(started);
        try (var connection =
                DriverManager.getConnection("jdbc:sqlite:" + started.data().resolve("ourvidz.db"))) {
            copy(connection, "jobs", "id", job, count);
            copy(connection, "assets", "job_id", job, count);
        }
    }

    private static String made(Started started) throws IOException, InterruptedException {
        var job = started.submit();
        var deadline = Instant.now().plus(PATIENCE);
        while (!started.job(job).path("status").stringValue().equals("completed")) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("No picture in " + PATIENCE);
            }
            Thread.sleep(Duration.ofMillis(200));
        }
        return job;
    }

    private static void copy(Connection connection, String table, String key, String job, int count)
            throws SQLException {
        var columns = columns(connection, table);
        var values = columns.stream().map(column -> value(table, column)).collect(Collectors.joining(", "));
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 30000");
            statement.execute("""
                    WITH RECURSIVE copies(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM copies WHERE i < %d)
                    INSERT INTO %s (%s) SELECT %s FROM copies, %s AS made WHERE made.%s = '%s'""".formatted(count, table, String.join(", ", columns), values, table, key, job));
        }
    }

    private static List<String> columns(Connection connection, String table) throws SQLException {
        var columns = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT name FROM pragma_table_info('" + table + "')")) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }
        return columns;
    }

    private static String value(String table, String column) {
        return switch (column) {
            case "id" -> id(table.equals("assets") ? 1 : 0);
            case "job_id" -> id(0);
            case "prompt" -> "made.prompt || ' ' || i";
            case "created_at", "started_at", "ended_at" -> "made." + column + " - 3600000 * i";
            case "idempotency_key", "body_hash" -> "NULL";
            default -> "made." + column;
        };
    }

    private static String id(int kind) {
        return "printf('00000000-0000-4000-800" + kind + "-%012x', i)";
    }
}
