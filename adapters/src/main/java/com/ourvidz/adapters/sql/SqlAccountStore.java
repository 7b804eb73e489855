package com.ourvidz.adapters.sql;

import com.ourvidz.core.Page;
import com.ourvidz.core.Rejection;
import com.ourvidz.core.account.Account;
import com.ourvidz.core.account.AccountStore;
import com.ourvidz.core.money.Grant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Accounts in SQL. Nothing is held in memory, so that a disabled user is refused at once, whoever disabled them. */
public final class SqlAccountStore implements AccountStore {

    /** A token counts a little longer than it says, and so does its end. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final Database database;
    private final InstantSource clock;
    private final SqlLedger ledger;
    private final NewUsers newUsers;

    /**
     * Accounts in a database.
     *
     * @param newUserCredits what a user starts with
     */
    public SqlAccountStore(Database database, InstantSource clock, long newUserCredits) {
        this.database = database;
        this.clock = clock;
        this.ledger = new SqlLedger(database);
        this.newUsers = new NewUsers(ledger, newUserCredits);
    }

    @Override
    public Account welcome(String name) {
        return database.transaction(transaction -> {
            newUsers.create(transaction, name, clock.millis());
            return find(transaction, name).orElseThrow();
        });
    }

    @Override
    public Optional<Account> find(String name) {
        return find(database.read(), name);
    }

    @Override
    public Page<Account> list(String start, Optional<Page.Cursor> after, int limit) {
        return Paging.page(
                database.read(),
                "users WHERE SUBSTR(id, 1, LENGTH(:user)) = :user",
                start,
                after,
                limit,
                SqlAccountStore::account,
                account -> new Page.Cursor(account.createdAt(), account.name()));
    }

    @Override
    public Optional<Account> create(String name, boolean admin, Optional<String> passwordHash) {
        return database.transaction(transaction -> newUsers.create(transaction, name, clock.millis())
                ? Optional.of(equip(transaction, name, admin, passwordHash))
                : Optional.empty());
    }

    @Override
    public Optional<String> passwordHash(String name) {
        return database.read()
                .sql("SELECT password_hash FROM users WHERE id = :name AND password_hash IS NOT NULL")
                .param("name", name)
                .query(String.class)
                .optional();
    }

    @Override
    public Optional<Account> setPassword(String name, String hash) {
        return database.transaction(transaction -> transaction
                .sql("UPDATE users SET password_hash = :hash, tokens_from = :from WHERE id = :name RETURNING *")
                .param("name", name)
                .param("hash", hash)
                .param("from", nextSecond())
                .query(SqlAccountStore::account)
                .optional());
    }

    @Override
    public Optional<Account> setDisabled(String name, boolean disabled) {
        return database.transaction(transaction -> transaction
                .sql("""
                        UPDATE users SET disabled = :disabled,
                               tokens_from = CASE WHEN :disabled = 1 THEN :from ELSE tokens_from END
                         WHERE id = :name RETURNING *""")
                .param("name", name)
                .param("disabled", disabled ? 1 : 0)
                .param("from", nextSecond())
                .query(SqlAccountStore::account)
                .optional());
    }

    @Override
    public Optional<Account> setAdmin(String name, boolean admin) {
        return database.transaction(transaction -> {
            if (!admin) {
                requireAnotherAdmin(transaction, name);
            }
            return transaction
                    .sql("UPDATE users SET admin = :admin WHERE id = :name RETURNING *")
                    .param("name", name)
                    .param("admin", admin ? 1 : 0)
                    .query(SqlAccountStore::account)
                    .optional();
        });
    }

    /** Locks the administrators, so that two of them cannot go at once and leave nobody. */
    private void requireAnotherAdmin(JdbcClient transaction, String name) {
        var admins = transaction
                .sql("SELECT id FROM users WHERE admin = 1 AND disabled = 0 ORDER BY id"
                        + database.dialect().lock())
                .query(String.class)
                .list();
        if (admins.equals(List.of(name))) {
            throw Rejection.of(Rejection.Reason.CONFLICT, "This is the last administrator. Make another one first.");
        }
    }

    @Override
    public Optional<Account> endTokens(String name) {
        return database.transaction(transaction -> transaction
                .sql("UPDATE users SET tokens_from = :from WHERE id = :name RETURNING *")
                .param("name", name)
                .param("from", nextSecond())
                .query(SqlAccountStore::account)
                .optional());
    }

    @Override
    public void endToken(String digest, Instant expiresAt) {
        database.transaction(transaction -> {
            transaction
                    .sql("DELETE FROM ended_tokens WHERE expires_at < :past")
                    .param("past", clock.millis() - SKEW.toMillis())
                    .update();
            return transaction
                    .sql(
                            "INSERT INTO ended_tokens (digest, expires_at) VALUES (:digest, :until) ON CONFLICT DO NOTHING")
                    .param("digest", digest)
                    .param("until", expiresAt.toEpochMilli())
                    .update();
        });
    }

    @Override
    public boolean ended(String digest) {
        return database.read()
                .sql("SELECT 1 FROM ended_tokens WHERE digest = :digest")
                .param("digest", digest)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    @Override
    public Optional<Account> grant(Grant grant) {
        return database.transaction(transaction -> {
            if (find(transaction, grant.userId()).isPresent()) {
                book(transaction, grant);
            }
            return find(transaction, grant.userId());
        });
    }

    private void book(JdbcClient transaction, Grant grant) {
        var earlier = transaction
                .sql("SELECT user_id, credits FROM grants WHERE id = :id"
                        + database.dialect().lock())
                .param("id", grant.id())
                .query((row, number) ->
                        row.getString("user_id").equals(grant.userId()) && row.getLong("credits") == grant.credits())
                .optional();
        if (earlier.isPresent()) {
            requireSame(earlier.get());
            return;
        }
        transaction
                .sql("""
                        INSERT INTO grants (id, user_id, credits, given_by, note, created_at)
                        VALUES (:id, :user, :credits, :givenBy, :note, :now)""")
                .param("id", grant.id())
                .param("user", grant.userId())
                .param("credits", grant.credits())
                .param("givenBy", grant.givenBy())
                .param("note", grant.note())
                .param("now", clock.millis())
                .update();
        ledger.book(transaction, grant.entry(), clock.millis());
    }

    private static void requireSame(boolean same) {
        if (!same) {
            throw Rejection.of(
                    Rejection.Reason.CONFLICT,
                    "This Idempotency-Key was used for another grant. Use a new key for a new one.");
        }
    }

    private static Account equip(JdbcClient transaction, String name, boolean admin, Optional<String> passwordHash) {
        return transaction
                .sql("UPDATE users SET admin = :admin, password_hash = :hash WHERE id = :name RETURNING *")
                .param("name", name)
                .param("admin", admin ? 1 : 0)
                .param("hash", passwordHash.orElse(null))
                .query(SqlAccountStore::account)
                .single();
    }

    private static Optional<Account> find(JdbcClient client, String name) {
        return client.sql("SELECT * FROM users WHERE id = :name")
                .param("name", name)
                .query(SqlAccountStore::account)
                .optional();
    }

    /** Tokens say to the second when they were issued: those of this second have to end too. */
    private long nextSecond() {
        return (clock.millis() / 1000 + 1) * 1000;
    }

    private static Account account(ResultSet row, int number) throws SQLException {
        return new Account(
                row.getString("id"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                row.getBoolean("admin"),
                row.getBoolean("disabled"),
                row.getString("password_hash") != null,
                Instant.ofEpochMilli(row.getLong("tokens_from")),
                row.getLong("balance"));
    }
}
