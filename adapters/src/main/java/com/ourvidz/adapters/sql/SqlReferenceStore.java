package com.ourvidz.adapters.sql;

import com.ourvidz.core.Page;
import com.ourvidz.core.Rejection;
import com.ourvidz.core.Usage;
import com.ourvidz.core.reference.Reference;
import com.ourvidz.core.reference.ReferenceStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of reference images in SQL. */
public final class SqlReferenceStore implements ReferenceStore {

    private final Database database;
    private final InstantSource clock;
    private final ObjectRows<Reference> rows;

    public SqlReferenceStore(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.rows = new ObjectRows<>(database, "reference_images", "kept", SqlReferenceStore::reference);
    }

    @Override
    public Reference stage(Reference reference, long limit) {
        return database.transaction(transaction -> same(transaction, reference).orElseGet(() -> {
            requireRoom(transaction, reference, limit);
            return insert(transaction, reference);
        }));
    }

    @Override
    public Reference keep(Reference staged) {
        return database.transaction(transaction -> {
            var same = same(transaction, staged);
            move(transaction, staged.id(), "staged", same.isPresent() ? "doomed" : "kept");
            return same.orElse(staged);
        });
    }

    @Override
    public Optional<Reference> find(UUID id) {
        return rows.find(id);
    }

    @Override
    public Page<Reference> list(String userId, Optional<Page.Cursor> after, int limit) {
        return Paging.page(
                database.read(),
                "reference_images WHERE state = 'kept' AND user_id = :user",
                userId,
                after,
                limit,
                SqlReferenceStore::reference,
                reference -> new Page.Cursor(reference.createdAt(), reference.id()));
    }

    @Override
    public Usage usage(String userId) {
        return usage(database.read(), userId);
    }

    @Override
    public long bytes() {
        return database.read()
                .sql("SELECT COALESCE(SUM(bytes), 0) FROM reference_images WHERE state = 'kept'")
                .query(Long.class)
                .single();
    }

    @Override
    public long largestShare() {
        return database.read().sql("""
                        SELECT COALESCE(MAX(share), 0) FROM
                               (SELECT SUM(bytes) AS share FROM reference_images WHERE state = 'kept' GROUP BY user_id) AS shares""").query(Long.class).single();
    }

    @Override
    public Optional<Reference> doom(UUID id, String userId) {
        return rows.doom(List.of(id), userId).stream().findFirst();
    }

    @Override
    public List<Reference> doomed(int limit) {
        return database.read()
                .sql("""
                        SELECT * FROM reference_images
                         WHERE state = 'doomed' OR (state = 'staged' AND created_at < :abandoned)
                         ORDER BY created_at, id LIMIT :limit""")
                .param("abandoned", clock.instant().minus(ObjectRows.ABANDONED).toEpochMilli())
                .param("limit", limit)
                .query(SqlReferenceStore::reference)
                .list();
    }

    @Override
    public void forget(UUID id) {
        rows.forget(id);
    }

    /** What the user has kept of the same picture, with a consent that is given now. */
    private static Optional<Reference> same(JdbcClient transaction, Reference reference) {
        return transaction
                .sql("""
                        UPDATE reference_images SET consent = CASE WHEN :consent = 1 THEN 1 ELSE consent END
                         WHERE user_id = :user AND digest = :digest AND state = 'kept' RETURNING *""")
                .param("consent", reference.consent() ? 1 : 0)
                .param("user", reference.userId())
                .param("digest", reference.digest())
                .query(SqlReferenceStore::reference)
                .optional();
    }

    private static void requireRoom(JdbcClient transaction, Reference reference, long limit) {
        if (usage(transaction, reference.userId()).bytes() + reference.bytes() > limit) {
            throw Rejection.of(
                            Rejection.Reason.TOO_LARGE,
                            "Your reference images would take more than %d MB.".formatted(limit / 1_048_576))
                    .with("suggestedAction", "Delete some of your reference images.");
        }
    }

    private static Usage usage(JdbcClient client, String userId) {
        return client.sql("""
                        SELECT COUNT(*) AS count, COALESCE(SUM(bytes), 0) AS bytes FROM reference_images
                         WHERE user_id = :user AND state <> 'doomed'""")
                .param("user", userId)
                .query((row, number) -> new Usage(row.getLong("count"), row.getLong("bytes")))
                .single();
    }

    private static Reference insert(JdbcClient transaction, Reference reference) {
        return transaction
                .sql("""
                        INSERT INTO reference_images (id, user_id, digest, width, height, bytes, consent, created_at, state)
                        VALUES (:id, :user, :digest, :width, :height, :bytes, :consent, :createdAt, 'staged') RETURNING *""")
                .param("id", reference.id().toString())
                .param("user", reference.userId())
                .param("digest", reference.digest())
                .param("width", reference.width())
                .param("height", reference.height())
                .param("bytes", reference.bytes())
                .param("consent", reference.consent() ? 1 : 0)
                .param("createdAt", reference.createdAt().toEpochMilli())
                .query(SqlReferenceStore::reference)
                .single();
    }

    private static void move(JdbcClient transaction, UUID id, String from, String to) {
        transaction
                .sql("UPDATE reference_images SET state = :to WHERE id = :id AND state = :from")
                .param("id", id.toString())
                .param("from", from)
                .param("to", to)
                .update();
    }

    private static Reference reference(ResultSet row, int number) throws SQLException {
        return new Reference(
                UUID.fromString(row.getString("id")),
                row.getString("user_id"),
                row.getString("digest"),
                row.getInt("width"),
                row.getInt("height"),
                row.getLong("bytes"),
                row.getBoolean("consent"),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
