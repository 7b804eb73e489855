package com.ourvidz.adapters.sql;

import static com.ourvidz.core.catalog.Queue.SDXL_QUEUE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever the length of the queue, a claim and a turn are looks into an index: no plan scans or sorts. */
class SqliteTurnsTest extends SqliteFixture {

    @Test
    void theNextJobIsTheFirstOfAnIndex() {
        assertThat(plan("SELECT id FROM jobs WHERE status = 'queued' AND queue = :queue ORDER BY " + Turns.ORDER
                        + " LIMIT 1"))
                .singleElement()
                .satisfies(step -> assertThat(step).contains("jobs_waiting (queue=?)"));
    }

    @Test
    void aTurnIsTheEndsOfIndexes() {
        assertThat(plan("SELECT " + Turns.NEXT))
                .anySatisfy(step -> assertThat(step).contains("jobs_taken (queue=?)"))
                .anySatisfy(step -> assertThat(step).contains("jobs_taken_of_user (user_id=? AND queue=?)"))
                .anySatisfy(step -> assertThat(step).contains("jobs_waiting_of_user (user_id=? AND queue=?)"))
                .noneSatisfy(step -> assertThat(step).contains("SCAN jobs"));
    }

    private List<String> plan(String sql) {
        return database.read()
                .sql("EXPLAIN QUERY PLAN " + sql)
                .param("queue", SDXL_QUEUE.id())
                .param("user", ANN)
                .query((row, number) -> row.getString("detail"))
                .list();
    }
}
