package com.ourvidz.adapters.sql;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Brings what was committed from SQLite's log to its file, on a thread of its own. SQLite would let the commit that fills the log do it, and
 * all that wait for that commit wait for it too. That remains for a log that has grown all the same, because writers gave it no pause.
 */
final class Checkpoints implements AutoCloseable {

    /** Pages in the log from which on a commit has to. 64 MB. */
    static final int LAST_RESORT = 16_384;

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final int SECONDS = 1;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sqlite-checkpoints").factory());
    private final JdbcTemplate sql;

    Checkpoints(DataSource source) {
        sql = new JdbcTemplate(source);
        var _ = thread.scheduleWithFixedDelay(this::checkpoint, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    /** Takes along what it can without anybody waiting for it. */
    private void checkpoint() {
        try {
            sql.execute("PRAGMA wal_checkpoint(PASSIVE)");
        } catch (DataAccessException e) {
            LOG.warn("What was committed stays in the database's log for now: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
