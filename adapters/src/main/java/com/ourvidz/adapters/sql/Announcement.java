package com.ourvidz.adapters.sql;

import com.ourvidz.core.job.Job;
import com.ourvidz.core.webhook.Event;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Puts the end of a job into the outbox, within the transaction that ends it.
 *
 * @param now milliseconds
 */
record Announcement(JdbcClient transaction, long now) {

    /** One delivery for each endpoint of the job's user that is switched on. */
    void ended(Job job) {
        transaction
                .sql("SELECT id FROM webhook_endpoints WHERE user_id = :user AND enabled = 1")
                .param("user", job.userId())
                .query(String.class)
                .list()
                .forEach(endpoint -> add(endpoint, job));
    }

    private void add(String endpoint, Job job) {
        transaction
                .sql("""
                        INSERT INTO webhook_deliveries (id, endpoint_id, job_id, type, created_at, state, next_try)
                        VALUES (:id, :endpoint, :job, :type, :now, 'pending', :now) ON CONFLICT DO NOTHING""")
                .param("id", UUID.randomUUID().toString())
                .param("endpoint", endpoint)
                .param("job", job.id().toString())
                .param("type", Event.type(job.state().status()))
                .param("now", now)
                .update();
    }
}
