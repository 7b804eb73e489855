package com.ourvidz.adapters.sql;

import com.ourvidz.core.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lists from newest to oldest by {@code (created_at, id)}: what comes in while someone turns the pages moves nothing. */
final class Paging {

    private Paging() {}

    /**
     * One page.
     *
     * @param from the table and the condition on {@code :user}
     * @param cursor the place of an item
     */
    static <T> Page<T> page(
            JdbcClient client,
            String from,
            String userId,
            Optional<Page.Cursor> after,
            int limit,
            RowMapper<T> mapper,
            Function<T, Page.Cursor> cursor) {
        return page(client, Condition.of(from).with("user", userId), after, limit, mapper, cursor);
    }

    /**
     * One page.
     *
     * @param from the table and the condition
     * @param cursor the place of an item
     */
    static <T> Page<T> page(
            JdbcClient client,
            Condition from,
            Optional<Page.Cursor> after,
            int limit,
            RowMapper<T> mapper,
            Function<T, Page.Cursor> cursor) {
        // One more than asked for tells whether there is another page.
        var rows = client.sql("SELECT * FROM " + from.sql() + " AND (created_at, id) < (:createdAt, :id)"
                        + " ORDER BY created_at DESC, id DESC LIMIT :limit")
                .params(from.parameters())
                .param(
                        "createdAt",
                        after.map(last -> last.createdAt().toEpochMilli()).orElse(Long.MAX_VALUE))
                .param("id", after.map(last -> last.id().toString()).orElse(""))
                .param("limit", limit + 1)
                .query(mapper)
                .list();
        var items = List.copyOf(rows.subList(0, Math.min(limit, rows.size())));
        return new Page<>(items, rows.size() > limit ? Optional.of(cursor.apply(items.getLast())) : Optional.empty());
    }
}
