package com.ourvidz.adapters.sql;

import com.ourvidz.core.Rejection;
import com.ourvidz.core.job.JobStore.Acceptance;
import com.ourvidz.core.job.JobStore.IdempotencyKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was answered to an earlier request with the same key. */
final class Earlier {

    private Earlier() {}

    /**
     * Empty when the key is new.
     *
     * @throws Rejection {@code CONFLICT} for another body under the same key
     */
    static Optional<Acceptance> of(JdbcClient client, String userId, IdempotencyKey key) {
        var earlier = client.sql("SELECT * FROM jobs WHERE user_id = :user AND idempotency_key = :key")
                .param("user", userId)
                .param("key", key.key())
                .query((row, number) -> {
                    requireSame(row, key);
                    return Rows.shown(row, number);
                })
                .optional();
        return Rows.withAssets(client, earlier.stream().toList()).stream()
                .findFirst()
                .map(job -> new Acceptance(
                        job, Intake.waiting(client, job.order().type().queue()), true));
    }

    private static void requireSame(ResultSet row, IdempotencyKey key) throws SQLException {
        if (!key.bodyHash().equals(row.getString("body_hash"))) {
            throw Rejection.of(
                    Rejection.Reason.CONFLICT,
                    "This Idempotency-Key was used for another request. Use a new key for a new request.");
        }
    }
}
