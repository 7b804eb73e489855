package com.ourvidz.cli;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Assets that have been there for long: rows like those of a job that was done, each with a job, a prompt and an hour of its own. */
final class OldAssets {

    private OldAssets() {}

    /**
     * Gives a user copies of a job's only picture: {@code a fox in snow 1}, {@code the sea 2} and so on, the first of them the newest.
     * They share the bytes of the one.
     */
    static void add(RunningPlatform platform, UUID job, String user, int count) {
        var family = UUID.randomUUID().toString().substring(0, 8);
        try (var connection = DriverManager.getConnection(platform.database())) {
            connection.createStatement().execute("PRAGMA busy_timeout = 30000");
            copy(connection, "jobs", "id", job, family, user, count);
            copy(connection, "assets", "job_id", job, family, user, count);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void copy(
            Connection connection, String table, String key, UUID job, String family, String user, int count)
            throws SQLException {
        try (var statement = connection.createStatement()) {
            var columns = statement.executeQuery("SELECT name FROM pragma_table_info('" + table + "')");
            var names = Stream.<String>builder();
            while (columns.next()) {
                names.add(columns.getString(1));
            }
            var all = names.build().toList();
            var values =
                    all.stream().map(name -> value(table, name, family, user)).collect(Collectors.joining(", "));
            statement.execute("""
                    WITH RECURSIVE copies(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM copies WHERE i < %d)
                    INSERT INTO %s (%s) SELECT %s FROM copies, %s AS made WHERE made.%s = '%s'""".formatted(count, table, String.join(", ", all), values, table, key, job));
        }
    }

    private static String value(String table, String column, String family, String user) {
        var asset = table.equals("assets");
        return switch (column) {
            case "id" -> id(family, asset ? 1 : 0);
            case "job_id" -> id(family, 0);
            case "user_id" -> "'" + user + "'";
            case "prompt" -> "CASE i % 2 WHEN 1 THEN 'a fox in snow ' ELSE 'the sea ' END || i";
            case "created_at", "started_at", "ended_at" -> "made." + column + " - 3600000 * i";
            case "idempotency_key", "body_hash" -> "NULL";
            default -> "made." + column;
        };
    }

    private static String id(String family, int kind) {
        return "printf('" + family + "-0000-4000-800" + kind + "-%012x', i)";
    }
}
