package com.ourvidz.adapters.sql;

import com.ourvidz.core.Outline;
import com.ourvidz.core.Page;
import java.time.Instant;
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

    /**
     * The whole list.
     *
     * @param from the table and the condition
     */
    static Outline outline(JdbcClient client, Condition from, int pageSize) {
        var ends = client.sql("SELECT created_at, id, place FROM (SELECT created_at, id, COUNT(*) OVER () AS length,"
                        + " ROW_NUMBER() OVER (ORDER BY created_at DESC, id DESC) AS place FROM " + from.sql()
                        + ") AS numbered WHERE place % :pageSize = 0 OR place = length ORDER BY place")
                .params(from.parameters())
                .param("pageSize", pageSize)
                .query((row, number) -> new End(
                        row.getLong("place"),
                        new Page.Cursor(Instant.ofEpochMilli(row.getLong("created_at")), row.getString("id"))))
                .list();
        return ends.isEmpty()
                ? new Outline(0, List.of())
                : new Outline(
                        ends.getLast().place(),
                        ends.stream().limit(ends.size() - 1L).map(End::item).toList());
    }

    /** The last item of a page. */
    private record End(long place, Page.Cursor item) {}
}
