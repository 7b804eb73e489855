package com.ourvidz.adapters.sql;

import com.ourvidz.core.catalog.Queue;
import com.ourvidz.core.worker.Roster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The roster in SQL. A worker that is busy does not ask for work; its heartbeats extend its lease, so a worker that holds a lease has been
 * heard of too.
 */
public final class SqlRoster implements Roster {

    private static final Duration FORGET_AFTER = Duration.ofDays(1);

    private final Database database;
    private final SteadyClock clock;
    private final Duration lease;

    public SqlRoster(Database database, SteadyClock clock, Duration lease) {
        this.database = database;
        this.clock = clock;
        this.lease = lease;
    }

    @Override
    public void seen(String workerId, Queue queue, String model, boolean busy) {
        database.transaction(transaction -> {
            var now = clock.millis();
            // An idle worker asks every few seconds. Its row is written again only when that says something new.
            return transaction
                    .sql("""
                            INSERT INTO workers (id, queue, model, busy, last_seen)
                            VALUES (:id, :queue, :model, :busy, :now)
                            ON CONFLICT (id) DO UPDATE
                               SET queue = excluded.queue, model = excluded.model, busy = excluded.busy,
                                   last_seen = excluded.last_seen
                             WHERE workers.last_seen <= :stale OR workers.busy <> excluded.busy
                                OR workers.queue <> excluded.queue OR workers.model <> excluded.model""")
                    .param("id", workerId)
                    .param("queue", queue.id())
                    .param("model", model)
                    .param("busy", busy ? 1 : 0)
                    .param("now", now)
                    .param("stale", now - lease.dividedBy(4).toMillis())
                    .update();
        });
    }

    @Override
    public void gone(String workerId) {
        database.transaction(transaction -> transaction
                .sql("DELETE FROM workers WHERE id = :id OR last_seen <= :forgotten")
                .param("id", workerId)
                .param("forgotten", clock.millis() - FORGET_AFTER.toMillis())
                .update());
    }

    @Override
    public List<Worker> living(Queue queue) {
        return heardOf(queue, lease.multipliedBy(2));
    }

    @Override
    public List<Worker> known(Queue queue) {
        return heardOf(queue, FORGET_AFTER);
    }

    private List<Worker> heardOf(Queue queue, Duration within) {
        return database.read()
                .sql("""
                        SELECT id, model, busy, MAX(heard) AS heard FROM (
                            SELECT id, model, busy, last_seen AS heard FROM workers WHERE queue = :queue
                            UNION ALL
                            SELECT workers.id, workers.model, workers.busy, jobs.lease_until - :lease
                              FROM workers JOIN jobs ON jobs.worker_id = workers.id
                             WHERE workers.queue = :queue AND jobs.status = 'processing') AS words
                         WHERE heard > :silent GROUP BY id, model, busy ORDER BY id""")
                .param("queue", queue.id())
                .param("lease", lease.toMillis())
                .param("silent", clock.millis() - within.toMillis())
                .query((row, number) -> new Worker(
                        row.getString("id"),
                        queue,
                        row.getString("model"),
                        row.getBoolean("busy"),
                        Instant.ofEpochMilli(row.getLong("heard"))))
                .list();
    }
}
