package com.ourvidz.adapters.sql;

import com.ourvidz.core.Page;
import com.ourvidz.core.money.Ledger;
import com.ourvidz.core.money.LedgerEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ledger: what each user was given, charged and paid back, and the check that nobody has touched it since. */
public final class SqlLedger implements Ledger {

    static final String DISCREPANCIES = """
            SELECT 'User ' || users.id || ' has a balance of ' || users.balance || ', but entries of '
                   || COALESCE(SUM(ledger.amount), 0) || '.'
              FROM users LEFT JOIN ledger ON ledger.user_id = users.id
             GROUP BY users.id, users.balance
            HAVING users.balance <> COALESCE(SUM(ledger.amount), 0)
            UNION ALL
            SELECT 'User ' || id || ' has a negative balance: ' || balance || '.' FROM users WHERE balance < 0
            UNION ALL
            SELECT 'Job ' || jobs.id || ' of user ' || jobs.user_id || ' costs ' || jobs.price || ', but its charge is '
                   || COALESCE('' || ledger.amount, 'missing') || '.'
              FROM jobs LEFT JOIN ledger ON ledger.business_key = 'charge:' || jobs.id AND ledger.user_id = jobs.user_id
             WHERE ledger.amount IS NULL OR ledger.amount <> -jobs.price
            UNION ALL
            SELECT 'Job ' || jobs.id || ' of user ' || jobs.user_id || ' is ' || jobs.status || ' at ' || jobs.price || ', but its refund is '
                   || COALESCE('' || ledger.amount, 'missing') || '.'
              FROM jobs LEFT JOIN ledger ON ledger.business_key = 'refund:' || jobs.id AND ledger.user_id = jobs.user_id
             WHERE (jobs.status = 'failed') <> (ledger.amount IS NOT NULL) OR ledger.amount <> jobs.price
            UNION ALL
            SELECT 'Grant ' || grants.id || ' to user ' || grants.user_id || ' is of ' || grants.credits || ', but its entry is '
                   || COALESCE('' || ledger.amount, 'missing') || '.'
              FROM grants LEFT JOIN ledger
                ON ledger.business_key = 'granted:' || grants.id AND ledger.user_id = grants.user_id
             WHERE ledger.amount IS NULL OR ledger.amount <> grants.credits
            UNION ALL
            SELECT 'Entry ' || ledger.business_key || ' of ' || ledger.amount || ' to user ' || ledger.user_id
                   || ' belongs to no grant and no job.'
              FROM ledger
             WHERE ledger.business_key <> 'grant:' || ledger.user_id
               AND NOT EXISTS (SELECT 1 FROM grants
                                WHERE grants.user_id = ledger.user_id
                                  AND grants.id = SUBSTR(ledger.business_key, LENGTH('granted:') + 1))
               AND NOT EXISTS (SELECT 1 FROM jobs
                                WHERE jobs.user_id = ledger.user_id
                                  AND jobs.id = SUBSTR(ledger.business_key, LENGTH('charge:') + 1))
            """;

    /** Entries beside the grant or the job that they belong to; the user's own, for names of users can look like ids of jobs. */
    private static final String STATEMENT = """
            (SELECT ledger.business_key AS id, ledger.user_id, ledger.amount, ledger.created_at,
                    grants.note, jobs.type, jobs.prompt
               FROM ledger
               LEFT JOIN grants ON grants.id = SUBSTR(ledger.business_key, LENGTH('granted:') + 1)
                                AND grants.user_id = ledger.user_id
               LEFT JOIN jobs ON jobs.id = SUBSTR(ledger.business_key, LENGTH('charge:') + 1)
                              AND jobs.user_id = ledger.user_id) AS lines
             WHERE user_id = :user""";

    private final Database database;

    public SqlLedger(Database database) {
        this.database = database;
    }

    @Override
    public long balance(String userId) {
        return balance(database.read(), userId, "");
    }

    /** The user's entries, oldest first. */
    public List<LedgerEntry> entries(String userId) {
        return database.read()
                .sql("SELECT * FROM ledger WHERE user_id = :user ORDER BY created_at, amount DESC, business_key")
                .param("user", userId)
                .query((row, number) ->
                        new LedgerEntry(row.getString("user_id"), row.getLong("amount"), row.getString("business_key")))
                .list();
    }

    @Override
    public Page<Line> statement(String userId, Optional<Page.Cursor> after, int limit) {
        return Paging.page(
                database.read(),
                STATEMENT,
                userId,
                after,
                limit,
                SqlLedger::line,
                line -> new Page.Cursor(line.bookedAt(), line.entry().businessKey()));
    }

    @Override
    public List<String> discrepancies() {
        return database.read().sql(DISCREPANCIES).query(String.class).list();
    }

    /** The user's credits, and the user's row locked until the transaction ends. */
    long lockedBalance(JdbcClient transaction, String userId) {
        return balance(transaction, userId, database.dialect().lock());
    }

    /** The one place where money moves: the entry and the balance, once for each business key however often it is tried. */
    void book(JdbcClient transaction, LedgerEntry entry, long now) {
        var booked = transaction
                .sql("""
                        INSERT INTO ledger (business_key, user_id, amount, created_at)
                        VALUES (:key, :user, :amount, :now) ON CONFLICT DO NOTHING""")
                .param("key", entry.businessKey())
                .param("user", entry.userId())
                .param("amount", entry.amount())
                .param("now", now)
                .update();
        if (booked == 1) {
            transaction
                    .sql("UPDATE users SET balance = balance + :amount WHERE id = :user")
                    .param("amount", entry.amount())
                    .param("user", entry.userId())
                    .update();
        }
    }

    private static Line line(ResultSet row, int number) throws SQLException {
        var entry = new LedgerEntry(row.getString("user_id"), row.getLong("amount"), row.getString("id"));
        return new Line(
                entry,
                Instant.ofEpochMilli(row.getLong("created_at")),
                Optional.ofNullable(row.getString("note")).orElse(""),
                work(row));
    }

    private static Optional<Work> work(ResultSet row) throws SQLException {
        return row.getString("type") == null
                ? Optional.empty()
                : Optional.of(new Work(row.getString("type"), row.getString("prompt")));
    }

    private static long balance(JdbcClient client, String userId, String lock) {
        return client.sql("SELECT balance FROM users WHERE id = :user" + lock)
                .param("user", userId)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }
}
