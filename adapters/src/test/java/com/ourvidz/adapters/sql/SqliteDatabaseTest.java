package com.ourvidz.adapters.sql;

import static com.ourvidz.core.catalog.Queue.SDXL_QUEUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.core.job.JobState;
import com.ourvidz.core.money.Grant;
import com.ourvidz.core.money.LedgerEntry;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What is true of the embedded database as such, and of a ledger that somebody has been at. */
class SqliteDatabaseTest extends SqliteFixture {

    @Test
    void allIsThereAfterARestart() throws IOException {
        var completed = done();
        var held = accepted(ANN);
        var fence = claimed("survivor");
        jobs().heartbeat(fence, 40, "denoising");
        var waiting = accepted(BOB);
        var before = found(held);
        var entries = ledger().entries(ANN);

        close();
        open();

        assertThat(found(completed)).isEqualTo(completed);
        assertThat(found(waiting)).isEqualTo(waiting);
        assertThat(found(held)).isEqualTo(before);
        assertThat(ledger().entries(ANN)).isEqualTo(entries);
        assertThat(jobs().heartbeat(fence, 50, "denoising")).isTrue();
        assertThat(jobs().claim(SDXL_QUEUE, "worker"))
                .map(claim -> claim.job().id())
                .contains(waiting.id());
    }

    @Test
    void commitsAreOnTheDiskWhenTheyReturnAndReadersDoNotWaitForWriters() {
        assertThat(pragma("journal_mode")).isEqualTo("wal");
        assertThat(pragma("synchronous")).isEqualTo("2");
        assertThat(pragma("foreign_keys")).isEqualTo("1");
        var job = accepted(ANN);
        database.transaction(transaction -> {
            transaction.sql("UPDATE jobs SET progress = 50").update();
            assertThat(found(job).state()).isEqualTo(new JobState.Queued());
            return true;
        });
    }

    @Test
    void theLedgerCannotBeEdited() {
        accepted(ANN);

        assertThatThrownBy(() -> edit("UPDATE ledger SET amount = 5")).hasMessageContaining("append-only");
        assertThatThrownBy(() -> edit("DELETE FROM ledger")).hasMessageContaining("append-only");
        assertThat(edit("INSERT OR REPLACE INTO ledger SELECT business_key, user_id, 5, 0 FROM ledger"))
                .isZero();
        assertMoneyAddsUp();
    }

    @Test
    void theSameEventIsBookedOnce() {
        accepted(ANN);
        var entry = new LedgerEntry(ANN, 7, "gift");
        for (var time = 0; time < 2; time++) {
            database.transaction(transaction -> {
                ledger().book(transaction, entry, 0);
                return true;
            });
        }
        assertThat(ledger().entries(ANN)).filteredOn(entry::equals).hasSize(1);
        assertThat(ledger().balance(ANN)).isEqualTo(SETTINGS.newUserCredits() - 1 + 7);
    }

    @Test
    void line47AnEditedEntryIsTold() {
        var job = accepted(ANN);
        withoutTriggers("UPDATE ledger SET amount = -9 WHERE business_key LIKE 'charge:%'");

        assertThat(ledger().discrepancies())
                .anySatisfy(line -> assertThat(line).contains(ANN, "91", "99"))
                .anySatisfy(line -> assertThat(line).contains(job.id().toString(), "costs 1", "-9"));
    }

    @Test
    void line47AnEntryEditedTogetherWithTheBalanceIsTold() {
        var job = accepted(ANN);
        withoutTriggers("UPDATE ledger SET amount = 0 WHERE business_key LIKE 'charge:%'");
        edit("UPDATE users SET balance = 100");

        assertThat(ledger().discrepancies())
                .singleElement()
                .satisfies(line -> assertThat(line).contains(job.id().toString(), "costs 1"));
    }

    @Test
    void line47ADeletedEntryIsTold() {
        var job = accepted(ANN);
        withoutTriggers("DELETE FROM ledger WHERE business_key LIKE 'charge:%'");

        assertThat(ledger().discrepancies())
                .anySatisfy(line -> assertThat(line).contains(job.id().toString(), "missing"));
    }

    @Test
    void line47AnEntryOfNothingIsTold() {
        accepted(ANN);
        edit("INSERT INTO ledger (business_key, user_id, amount, created_at) VALUES ('gift', 'ann', 50, 0)");
        edit("UPDATE users SET balance = balance + 50");

        assertThat(ledger().discrepancies())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("gift"));
    }

    @Test
    void line47AGrantThatIsInventedOrEditedIsTold() {
        accounts().welcome(ANN);
        accounts().grant(new Grant("1", ANN, 5, BOB, ""));
        edit("INSERT INTO ledger (business_key, user_id, amount, created_at) VALUES ('granted:2', 'ann', 50, 0)");
        edit("UPDATE grants SET credits = 7");

        assertThat(ledger().discrepancies())
                .anySatisfy(line -> assertThat(line).contains("granted:2", "50", ANN))
                .anySatisfy(line -> assertThat(line).contains("Grant 1", ANN, "of 7", "5"));
    }

    @Test
    void line47ARefundOfAJobThatDidNotFailIsTold() {
        var job = done();
        edit("INSERT INTO ledger (business_key, user_id, amount, created_at) VALUES ('refund:" + job.id()
                + "', 'ann', 1, 0)");
        edit("UPDATE users SET balance = balance + 1");

        assertThat(ledger().discrepancies())
                .singleElement()
                .satisfies(line -> assertThat(line).contains(job.id().toString(), "refund"));
    }

    @Test
    void line47AnEditedBalanceIsToldAndANegativeOneRefused() {
        accepted(ANN);
        edit("UPDATE users SET balance = 100000");

        assertThat(ledger().discrepancies())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("100000", "99"));
        assertThatThrownBy(() -> edit("UPDATE users SET balance = -1")).hasMessageContaining("CHECK");
    }

    private String pragma(String name) {
        return database.transaction(transaction ->
                transaction.sql("PRAGMA " + name).query(String.class).single());
    }

    private int edit(String sql) {
        return database.transaction(transaction -> transaction.sql(sql).update());
    }

    private void withoutTriggers(String sql) {
        edit("DROP TRIGGER ledger_refuses_update");
        edit("DROP TRIGGER ledger_refuses_delete");
        assertThat(edit(sql)).isEqualTo(1);
    }
}
