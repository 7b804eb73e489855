package com.ourvidz.adapters.sql;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A database file as an operator looks at it, while a platform may be running on it: as it is, without bringing its schema up to date. */
public final class SqliteFile {

    private static final String OK = "ok";

    private final Path file;

    /** @param file one that is there */
    public SqliteFile(Path file) {
        this.file = file;
    }

    /** What SQLite's own check finds wrong; empty when all is well. */
    public List<String> damage() {
        return with(client -> client.sql("PRAGMA quick_check").query(String.class).list().stream()
                .filter(line -> !line.equals(OK))
                .toList());
    }

    /** Likewise for the money; see {@link SqlLedger#discrepancies}. */
    public List<String> discrepancies() {
        return with(client ->
                client.sql(SqlLedger.DISCREPANCIES).query(String.class).list());
    }

    /** Writes all that was committed up to now to a new file. Nobody waits for it, and it is one moment's truth. */
    public void copyTo(Path target) {
        with(client -> client.sql("VACUUM INTO :target")
                .param("target", target.toString())
                .update());
    }

    /** The keys of the objects that have to be there: published assets and references that are kept. */
    public Set<String> objectKeys() {
        return with(
                client -> client.sql("""
                        SELECT object_key FROM assets WHERE state = 'published'
                        UNION ALL SELECT 'references/' || id || '.png' FROM reference_images WHERE state = 'kept'""").query(String.class).list().stream().collect(Collectors.toUnmodifiableSet()));
    }

    /** Lets go of objects that were deleted: their rows are swept as any that are deleted. */
    public void forget(Set<String> objectKeys) {
        with(client -> {
            objectKeys.forEach(key -> {
                client.sql("UPDATE assets SET state = 'doomed' WHERE object_key = :key")
                        .param("key", key)
                        .update();
                client.sql("UPDATE reference_images SET state = 'doomed' WHERE 'references/' || id || '.png' = :key")
                        .param("key", key)
                        .update();
            });
            return objectKeys.size();
        });
    }

    private <T> T with(Function<JdbcClient, T> work) {
        var source = new SingleConnectionDataSource("jdbc:sqlite:" + file + "?busy_timeout=10000", true);
        try {
            return work.apply(JdbcClient.create(source));
        } finally {
            source.destroy();
        }
    }
}
