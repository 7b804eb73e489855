package com.ourvidz.adapters.sql;

import com.ourvidz.core.money.LedgerEntry;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How a name becomes a user, by whatever route it comes.
 *
 * @param credits what a new user starts with
 */
record NewUsers(SqlLedger ledger, long credits) {

    /** Whether the name was new. */
    boolean create(JdbcClient transaction, String name, long now) {
        var created = transaction
                .sql("INSERT INTO users (id, created_at, balance) VALUES (:user, :now, 0) ON CONFLICT DO NOTHING")
                .param("user", name)
                .param("now", now)
                .update();
        if (created == 1) {
            ledger.book(transaction, LedgerEntry.grant(name, credits), now);
        }
        return created == 1;
    }
}
