package com.ourvidz.adapters.sql;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;

/**
 * Rows that stand for stored bytes: staged, then shown, and doomed until the bytes are gone.
 *
 * @param shown the state in which users see them
 */
record ObjectRows<T>(Database database, String table, String shown, RowMapper<T> mapper) {

    /** Nobody writes a file for this long. */
    static final Duration ABANDONED = Duration.ofHours(1);

    /** What is shown under the id, whosever it is. */
    Optional<T> find(UUID id) {
        return database.read()
                .sql("SELECT * FROM %s WHERE id = :id AND state = :shown".formatted(table))
                .param("id", id.toString())
                .param("shown", shown)
                .query(mapper)
                .optional();
    }

    /** Dooms what is shown to the user under these ids. */
    List<T> doom(Collection<UUID> ids, String userId) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return database.transaction(transaction -> transaction
                .sql("""
                        UPDATE %s SET state = 'doomed'
                         WHERE id IN (:ids) AND user_id = :user AND state = :shown RETURNING *""".formatted(table))
                .param("ids", ids.stream().map(UUID::toString).toList())
                .param("user", userId)
                .param("shown", shown)
                .query(mapper)
                .list());
    }

    /** Removes the row, unless it is shown. */
    void forget(UUID id) {
        database.transaction(transaction -> transaction
                .sql("DELETE FROM %s WHERE id = :id AND state <> :shown".formatted(table))
                .param("id", id.toString())
                .param("shown", shown)
                .update());
    }
}
