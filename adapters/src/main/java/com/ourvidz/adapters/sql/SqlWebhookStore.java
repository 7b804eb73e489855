package com.ourvidz.adapters.sql;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import com.ourvidz.core.Page;
import com.ourvidz.core.Rejection;
import com.ourvidz.core.webhook.Delivery;
import com.ourvidz.core.webhook.Endpoint;
import com.ourvidz.core.webhook.Outcome;
import com.ourvidz.core.webhook.Secret;
import com.ourvidz.core.webhook.Verdict;
import com.ourvidz.core.webhook.WebhookStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Webhook endpoints and the outbox in SQL. {@link Announcement} fills the outbox. */
public final class SqlWebhookStore implements WebhookStore {

    /** Of each endpoint that is switched on and not busy, what it waits for longest. What is tried by somebody else is not due. */
    private static final String NEXT_OF_EACH = """
            SELECT (SELECT next.id FROM webhook_deliveries AS next
                     WHERE next.endpoint_id = due.endpoint_id AND next.state = 'pending' AND next.next_try <= :now
                     ORDER BY next.next_try, next.created_at, next.id LIMIT 1)
              FROM webhook_deliveries AS due JOIN webhook_endpoints AS endpoint ON endpoint.id = due.endpoint_id
             WHERE due.state = 'pending' AND due.next_try <= :now AND endpoint.enabled = 1
               AND NOT EXISTS (SELECT 1 FROM webhook_deliveries AS running
                                WHERE running.endpoint_id = due.endpoint_id AND running.state = 'pending'
                                  AND running.lease_token IS NOT NULL AND running.next_try > :now)
             GROUP BY due.endpoint_id ORDER BY MIN(due.next_try) LIMIT :most""";

    private static final String OF_USER = """
            id = :id AND endpoint_id = :endpoint
            AND EXISTS (SELECT 1 FROM webhook_endpoints AS own WHERE own.id = endpoint_id AND own.user_id = :user)""";

    private final Database database;
    private final InstantSource clock;

    public SqlWebhookStore(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public void add(Endpoint endpoint, int most) {
        var added = database.transaction(transaction -> transaction
                .sql("""
                        INSERT INTO webhook_endpoints (id, user_id, url, description, origin, created_at, enabled, secret)
                        SELECT :id, :user, :url, :description, :origin, :createdAt, 1, :secret
                         WHERE (SELECT COUNT(*) FROM webhook_endpoints WHERE user_id = :user) < :most""")
                .param("id", endpoint.id().toString())
                .param("user", endpoint.userId())
                .param("url", endpoint.url())
                .param("description", endpoint.description())
                .param("origin", endpoint.origin())
                .param("createdAt", endpoint.createdAt().toEpochMilli())
                .param("secret", endpoint.secret().text())
                .param("most", most)
                .update());
        if (added == 0) {
            throw Rejection.of(Rejection.Reason.CONFLICT, "You have " + most + " webhooks, which is the most allowed.")
                    .with("suggestedAction", "Delete one that you no longer need.");
        }
    }

    @Override
    public List<Endpoint> list(String userId) {
        return database.read()
                .sql("SELECT * FROM webhook_endpoints WHERE user_id = :user ORDER BY created_at, id")
                .param("user", userId)
                .query(WebhookRows::endpoint)
                .list();
    }

    @Override
    public Optional<Endpoint> find(UUID id, String userId) {
        return endpoint(
                        database.read(),
                        "SELECT * FROM webhook_endpoints WHERE id = :id AND user_id = :user",
                        id,
                        userId)
                .query(WebhookRows::endpoint)
                .optional();
    }

    @Override
    public boolean remove(UUID id, String userId) {
        return database.transaction(transaction ->
                endpoint(transaction, "DELETE FROM webhook_endpoints WHERE id = :id AND user_id = :user", id, userId)
                                .update()
                        == 1);
    }

    @Override
    public Optional<Endpoint> enable(UUID id, String userId, boolean enabled) {
        return database.transaction(transaction -> change(transaction, "enabled = :enabled", id, userId)
                .param("enabled", enabled ? 1 : 0)
                .query(WebhookRows::endpoint)
                .optional());
    }

    @Override
    public Optional<Endpoint> rotate(UUID id, String userId, Secret secret, Duration overlap) {
        return database.transaction(transaction -> change(
                        transaction, "retired_secret = secret, retired_until = :until, secret = :secret", id, userId)
                .param("until", clock.instant().plus(overlap).toEpochMilli())
                .param("secret", secret.text())
                .query(WebhookRows::endpoint)
                .optional());
    }

    @Override
    public Page<Delivery> deliveries(UUID endpointId, String userId, Optional<Page.Cursor> after, int limit) {
        return Paging.page(
                database.read(),
                """
                webhook_deliveries WHERE endpoint_id =
                (SELECT own.id FROM webhook_endpoints AS own WHERE own.id = '%s' AND own.user_id = :user)""".formatted(endpointId),
                userId,
                after,
                limit,
                WebhookRows::delivery,
                delivery -> new Page.Cursor(delivery.createdAt(), delivery.id()));
    }

    @Override
    public Optional<Delivery> retry(UUID id, UUID endpointId, String userId) {
        return database.transaction(transaction -> endpoint(transaction, """
                        UPDATE webhook_deliveries SET state = 'pending',
                               next_try = CASE WHEN lease_token IS NOT NULL AND next_try > :now THEN next_try ELSE :now END
                         WHERE %s RETURNING *""".formatted(OF_USER), id, userId)
                .param("endpoint", endpointId.toString())
                .param("now", clock.millis())
                .query(WebhookRows::delivery)
                .optional());
    }

    /** Looks before it leaps: most of the time nothing is due, and then nothing waits for the database's one writer. */
    @Override
    public List<Claim> claim(int most, Duration lease) {
        var due = database.read()
                .sql(NEXT_OF_EACH)
                .param("now", clock.millis())
                .param("most", 1)
                .query(String.class)
                .list();
        return due.isEmpty() ? List.of() : database.transaction(transaction -> take(transaction, most, lease));
    }

    @Override
    public boolean note(Claim claim, Outcome outcome, Verdict verdict) {
        return database.transaction(transaction -> {
            var noted = ended(transaction, claim, outcome, verdict) == 1;
            if (noted && verdict instanceof Verdict.Gone) {
                var endpoint = claim.endpoint();
                change(transaction, "enabled = 0", endpoint.id(), endpoint.userId())
                        .query(WebhookRows::endpoint)
                        .optional();
            }
            return noted;
        });
    }

    /** What waits for an endpoint that is switched off would wait for ever. */
    @Override
    public void forget(Instant before) {
        database.transaction(transaction ->
                transaction.sql("""
                        DELETE FROM webhook_deliveries WHERE created_at < :before
                           AND (state <> 'pending'
                                OR endpoint_id IN (SELECT id FROM webhook_endpoints WHERE enabled = 0))""").param("before", before.toEpochMilli()).update());
    }

    private List<Claim> take(JdbcClient transaction, int most, Duration lease) {
        var now = clock.millis();
        var token = UUID.randomUUID().toString();
        // The first condition is said once more for databases with several writers: it is the one that they look at
        // again.
        var taken = transaction
                .sql("""
                        UPDATE webhook_deliveries SET attempts = attempts + 1, next_try = :until, lease_token = :token
                         WHERE state = 'pending' AND next_try <= :now AND id IN (%s) RETURNING *""".formatted(NEXT_OF_EACH))
                .param("now", now)
                .param("until", now + lease.toMillis())
                .param("token", token)
                .param("most", most)
                .query(WebhookRows::delivery)
                .list();
        var endpoints = endpoints(transaction, taken);
        return taken.stream()
                .map(delivery -> new Claim(delivery, requireNonNull(endpoints.get(delivery.endpointId())), token))
                .toList();
    }

    private static Map<UUID, Endpoint> endpoints(JdbcClient transaction, List<Delivery> of) {
        if (of.isEmpty()) {
            return Map.of();
        }
        return transaction
                .sql("SELECT * FROM webhook_endpoints WHERE id IN (:ids)")
                .param(
                        "ids",
                        of.stream()
                                .map(delivery -> delivery.endpointId().toString())
                                .toList())
                .query(WebhookRows::endpoint)
                .list()
                .stream()
                .collect(toMap(Endpoint::id, Function.identity()));
    }

    private int ended(JdbcClient transaction, Claim claim, Outcome outcome, Verdict verdict) {
        return transaction
                .sql("""
                        UPDATE webhook_deliveries
                           SET state = :state, next_try = :next, lease_token = NULL,
                               last_try = :now, last_status = :status, last_answer = :answer
                         WHERE id = :id AND lease_token = :token""")
                .param("state", state(verdict).id())
                .param("next", verdict instanceof Verdict.Again(var at) ? at.toEpochMilli() : null)
                .param("now", clock.millis())
                .param("status", outcome.status().orElse(null))
                .param("answer", outcome.answer())
                .param("id", claim.delivery().id().toString())
                .param("token", claim.token())
                .update();
    }

    private static Delivery.State state(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Delivered delivered -> Delivery.State.DELIVERED;
            case Verdict.Again again -> Delivery.State.PENDING;
            case Verdict.Dead dead -> Delivery.State.DEAD;
            case Verdict.Gone gone -> Delivery.State.DEAD;
        };
    }

    private static JdbcClient.StatementSpec change(JdbcClient transaction, String what, UUID id, String userId) {
        return endpoint(
                transaction,
                "UPDATE webhook_endpoints SET " + what + " WHERE id = :id AND user_id = :user RETURNING *",
                id,
                userId);
    }

    private static JdbcClient.StatementSpec endpoint(JdbcClient client, String sql, UUID id, String userId) {
        return client.sql(sql).param("id", id.toString()).param("user", userId);
    }
}
