package com.ourvidz.adapters.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.PoolableConnection;
import org.apache.commons.dbcp2.PoolingDataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/** An open database with its schema up to date. Safe for use by many threads. */
public final class Database implements AutoCloseable {

    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(10);
    private static final int READERS = 4;

    private final Dialect dialect;
    private final PoolingDataSource<PoolableConnection> connections;
    private final GroupCommit writer;
    private final Checkpoints checkpoints;
    private final JdbcClient read;

    private Database(Dialect dialect, PoolingDataSource<PoolableConnection> connections) {
        this.dialect = dialect;
        this.connections = connections;
        this.writer = new GroupCommit(connections);
        this.checkpoints = new Checkpoints(connections);
        this.read = JdbcClient.create(connections);
    }

    /**
     * Opens a database file, and creates it with its directory when there is none. A commit is on the disk when it returns.
     *
     * <p>SQLite has one writer at a time. All writes share one connection and one thread, and those that
     * wait for it together are committed together; see {@link GroupCommit}.
     */
    public static Database sqlite(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var source = sqliteSource(file);
        migrate(Dialect.SQLITE, source);
        return new Database(Dialect.SQLITE, Connections.to(source, READERS + 1));
    }

    Dialect dialect() {
        return dialect;
    }

    /** For queries; each sees all that was committed before it. */
    JdbcClient read() {
        return read;
    }

    /** Runs the work as one transaction: all of it happens, and is on the disk on return, or, when it throws, nothing. */
    <T> T transaction(Function<JdbcClient, T> work) {
        return writer.run(work);
    }

    @Override
    public void close() {
        writer.close();
        checkpoints.close();
        try {
            connections.close();
        } catch (SQLException e) {
            throw new IllegalStateException("The database's connections do not close.", e);
        }
    }

    private static SQLiteDataSource sqliteSource(Path file) {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setPragma(Pragma.FOREIGN_KEYS, "true");
        config.setBusyTimeout((int) BUSY_TIMEOUT.toMillis());
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        config.setPragma(Pragma.WAL_AUTOCHECKPOINT, Integer.toString(Checkpoints.LAST_RESORT));
        config.setTempStore(TempStore.MEMORY);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static void migrate(Dialect dialect, DataSource source) {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration", dialect.migrations())
                .load()
                .migrate();
    }
}
