package com.ourvidz.adapters.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.TransactionSystemException;

/**
 * The one writer of an SQLite file. To bring a commit to the disk takes as long for one transaction as for many, so those that come while a
 * commit is under way share the next one, each in a savepoint of its own. A platform thread does it: no virtual thread holds its carrier
 * while the disk works.
 */
final class GroupCommit implements AutoCloseable {

    /** Keeps the first of a group from waiting for too many others. */
    private static final int LARGEST_GROUP = 64;

    private final BlockingQueue<Write<?>> waiting = new LinkedBlockingQueue<>();
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("sqlite-writer").factory());
    private final SingleConnectionDataSource connection;
    private final JdbcTemplate sql;
    private final JdbcClient client;

    /** Keeps a connection of the source. It stays in auto-commit mode: where a transaction begins and ends is said in SQL. */
    GroupCommit(DataSource source) {
        connection = new SingleConnectionDataSource(DataSourceUtils.getConnection(source), true);
        sql = new JdbcTemplate(connection);
        client = JdbcClient.create(sql);
    }

    /**
     * Runs the work when its turn comes, and returns when it is on the disk.
     *
     * @throws RuntimeException of the work, of which nothing has happened then
     * @throws TransactionSystemException when nothing could be committed, whoever's fault it was
     */
    <T> T run(Function<JdbcClient, T> work) {
        var write = new Write<>(work);
        waiting.add(write);
        writer.execute(this::commitWaiting);
        return write.answer();
    }

    @Override
    public void close() {
        writer.close();
        connection.destroy();
    }

    /** Each write asks for this once; one that an earlier group has taken along is not waiting any more. */
    private void commitWaiting() {
        var group = new ArrayList<Write<?>>();
        if (waiting.drainTo(group, LARGEST_GROUP) > 0) {
            commit(group);
        }
    }

    private void commit(List<Write<?>> group) {
        try {
            sql.execute("BEGIN IMMEDIATE");
            group.forEach(write -> write.attempt(sql, client));
            sql.execute("COMMIT");
            group.forEach(Write::committed);
        } catch (RuntimeException | Error e) {
            rollBack();
            group.forEach(write -> write.lost(e));
        }
    }

    private void rollBack() {
        try {
            sql.execute("ROLLBACK");
        } catch (DataAccessException e) {
            // SQLite has already done it, or the transaction has not begun
        }
    }

    /** Somebody's transaction, on its way from the caller's thread to the writer's and back. */
    private static final class Write<T> {

        private final Function<JdbcClient, T> work;
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private @Nullable T result;
        private @Nullable Throwable failure;

        Write(Function<JdbcClient, T> work) {
            this.work = work;
        }

        void attempt(JdbcTemplate sql, JdbcClient client) {
            sql.execute("SAVEPOINT write");
            try {
                result = work.apply(client);
            } catch (RuntimeException | Error e) {
                failure = e;
                // Fails where SQLite has rolled back more than this: the disk is full, for instance. Then all are lost.
                sql.execute("ROLLBACK TO write");
            }
            sql.execute("RELEASE write");
        }

        void committed() {
            if (failure != null) {
                answer.completeExceptionally(failure);
            } else {
                answer.complete(result);
            }
        }

        void lost(Throwable cause) {
            answer.completeExceptionally(
                    failure != null ? failure : new TransactionSystemException("Nothing was committed.", cause));
        }

        T answer() {
            try {
                return answer.join();
            } catch (CompletionException e) {
                switch (e.getCause()) {
                    case RuntimeException cause -> throw cause;
                    case Error cause -> throw cause;
                    case null, default -> throw e;
                }
            }
        }
    }
}
