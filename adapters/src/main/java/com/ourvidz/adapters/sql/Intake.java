package com.ourvidz.adapters.sql;

import com.ourvidz.core.Rejection;
import com.ourvidz.core.catalog.Queue;
import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobOrder;
import com.ourvidz.core.job.JobStore.Acceptance;
import com.ourvidz.core.job.JobStore.IdempotencyKey;
import com.ourvidz.core.job.JobStore.Limits;
import com.ourvidz.core.money.LedgerEntry;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What happens to an order within one transaction, until it is a charged job or refused.
 *
 * @param now milliseconds
 * @param newUserCredits what a user gets who is seen for the first time
 */
record Intake(JdbcClient transaction, SqlLedger ledger, long now, long newUserCredits) {

    private static final int RETRY_AFTER_SECONDS = 10;

    Acceptance accept(String userId, JobOrder order, Optional<IdempotencyKey> key, Limits limits) {
        welcome(userId);
        // Locks the user: what follows is counted and paid for one order after the other.
        var balance = ledger.lockedBalance(transaction, userId);
        var earlier = key.flatMap(known -> Earlier.of(transaction, userId, known));
        if (earlier.isPresent()) {
            return earlier.get();
        }
        requireRoom(userId, limits.user());
        var waiting = requireRoom(order.type().queue(), limits.queue());
        requireCredits(balance, order.price());
        var job = insert(userId, order, key);
        ledger.book(transaction, LedgerEntry.charge(userId, job.id(), order.price()), now);
        return new Acceptance(job, waiting + 1, false);
    }

    private void welcome(String userId) {
        new NewUsers(ledger, newUserCredits).create(transaction, userId, now);
    }

    /** Counts no further than the limit. */
    private void requireRoom(String userId, int limit) {
        var waiting = transaction
                .sql("""
                        SELECT COUNT(*) FROM
                        (SELECT 1 FROM jobs WHERE status = 'queued' AND user_id = :user LIMIT :limit) AS waiting""")
                .param("user", userId)
                .param("limit", limit)
                .query(Integer.class)
                .single();
        if (waiting >= limit) {
            throw full(
                    Rejection.Reason.TOO_MANY_REQUESTS,
                    "You have " + limit + " jobs waiting, which is the most allowed. Try again when one is done.");
        }
    }

    private int requireRoom(Queue queue, int limit) {
        var waiting = waiting(transaction, queue);
        if (waiting >= limit) {
            throw full(Rejection.Reason.QUEUE_UNAVAILABLE, "The queue " + queue.id() + " is full. Try again later.");
        }
        return waiting;
    }

    private static Rejection full(Rejection.Reason reason, String error) {
        return Rejection.of(reason, error)
                .with("retryable", true)
                .with("retryAfterSeconds", RETRY_AFTER_SECONDS)
                .with("suggestedAction", "Try again in " + RETRY_AFTER_SECONDS + " seconds, or later.");
    }

    private static void requireCredits(long balance, long price) {
        if (balance < price) {
            throw Rejection.of(
                            Rejection.Reason.INSUFFICIENT_CREDITS,
                            "This job costs %d credits and you have %d.".formatted(price, balance))
                    .with("suggestedAction", "Choose a cheaper job, or ask the operator for credits.");
        }
    }

    static int waiting(JdbcClient client, Queue queue) {
        return client.sql("SELECT waiting FROM queue_depths WHERE queue = :queue")
                .param("queue", queue.id())
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    private Job insert(String userId, JobOrder order, Optional<IdempotencyKey> key) {
        return transaction
                .sql("""
                        INSERT INTO jobs (
                            id, user_id, created_at, turn, status, type, queue, prompt, negative_prompt, num_images, seed, price,
                            reference_images, metadata, warnings, project_id, video_id, image_id, idempotency_key, body_hash)
                        VALUES (
                            :id, :user, :now, %s, 'queued', :type, :queue, :prompt, :negativePrompt, :numImages, :seed, :price,
                            :references, :metadata, :warnings, :projectId, :videoId, :imageId, :key, :bodyHash)
                        RETURNING *""".formatted(Turns.NEXT))
                .param("id", UUID.randomUUID().toString())
                .param("user", userId)
                .param("now", now)
                .param("type", order.type().id())
                .param("queue", order.type().queue().id())
                .param("prompt", order.prompt())
                .param("negativePrompt", order.negativePrompt().orElse(null))
                .param("numImages", order.numImages())
                .param("seed", order.seed())
                .param("price", order.price())
                .param("references", ReferenceColumn.write(order.references()))
                .param("metadata", Json.write(order.metadata()))
                .param("warnings", Json.write(order.warnings()))
                .param("projectId", order.clientIds().projectId().orElse(null))
                .param("videoId", order.clientIds().videoId().orElse(null))
                .param("imageId", order.clientIds().imageId().orElse(null))
                .param("key", key.map(IdempotencyKey::key).orElse(null))
                .param("bodyHash", key.map(IdempotencyKey::bodyHash).orElse(null))
                .query(Rows::job)
                .single();
    }
}
