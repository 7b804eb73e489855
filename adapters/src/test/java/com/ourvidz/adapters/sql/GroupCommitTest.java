package com.ourvidz.adapters.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionSystemException;

/** Transactions that wait together are committed together, and yet each has its own fate. */
class GroupCommitTest extends SqliteFixture {

    private final CountDownLatch writerIsBusy = new CountDownLatch(1);
    private final CountDownLatch writerMayGoOn = new CountDownLatch(1);
    private final List<FutureTask<Integer>> group = new ArrayList<>();

    @BeforeEach
    void aTable() {
        database.transaction(transaction ->
                transaction.sql("CREATE TABLE notes (text TEXT PRIMARY KEY)").update());
    }

    @Test
    void thoseThatWaitTogetherAreCommittedTogetherAndHearNothingBefore() throws InterruptedException {
        start(noting("one"));
        start(transaction -> {
            assertThat(notes(transaction)).containsExactly("one");
            assertThat(notes(database.read())).isEmpty();
            assertThat(group.getFirst().state()).isEqualTo(Future.State.RUNNING);
            return note(transaction, "two");
        });
        release();

        assertThat(notes(database.read())).containsExactly("one", "two");
        assertThat(group).allSatisfy(each -> assertThat(each.resultNow()).isEqualTo(1));
    }

    @Test
    void aNeighbourThatFailsTakesNobodyAlong() throws InterruptedException {
        start(noting("one"));
        start(transaction -> {
            note(transaction, "two");
            throw new IllegalStateException("changed my mind");
        });
        start(noting("one"));
        start(noting("three"));
        release();

        assertThat(notes(database.read())).containsExactly("one", "three");
        assertThat(group.get(0).resultNow()).isEqualTo(1);
        assertThat(group.get(1).exceptionNow()).hasMessage("changed my mind");
        assertThat(group.get(2).exceptionNow()).hasStackTraceContaining("UNIQUE constraint failed");
        assertThat(group.get(3).resultNow()).isEqualTo(1);
    }

    /** A foreign key that is looked at in the end is what makes a commit fail of itself. */
    @Test
    void aCommitThatFailsFailsAllAndTheNextOneWorks() throws InterruptedException {
        start(noting("one"));
        start(transaction -> {
            transaction.sql("PRAGMA defer_foreign_keys = ON").update();
            return transaction
                    .sql("INSERT INTO ledger (business_key, user_id, amount, created_at) VALUES ('x', 'nobody', 1, 0)")
                    .update();
        });
        release();

        assertThat(group)
                .allSatisfy(each -> assertThat(each.exceptionNow())
                        .isInstanceOf(TransactionSystemException.class)
                        .hasStackTraceContaining("FOREIGN KEY constraint failed"));
        assertThat(notes(database.read())).isEmpty();
        database.transaction(noting("two"));
        assertThat(notes(database.read())).containsExactly("two");
    }

    @Test
    void moreThanAGroupHoldsAllHappen() throws InterruptedException {
        for (var number = 0; number < 200; number++) {
            start(noting("note " + number));
        }
        release();

        assertThat(notes(database.read())).hasSize(200);
        assertThat(group).allSatisfy(each -> assertThat(each.resultNow()).isEqualTo(1));
    }

    @Test
    void aClosedDatabaseTakesNoMore() {
        database.close();

        assertThatThrownBy(() -> database.transaction(noting("one"))).isInstanceOf(RuntimeException.class);
    }

    /** Returns when the work waits for a writer that is busy. */
    private void start(Function<JdbcClient, Integer> work) throws InterruptedException {
        if (group.isEmpty()) {
            Thread.ofVirtual().start(() -> database.transaction(transaction -> held()));
            writerIsBusy.await();
        }
        var task = new FutureTask<>(() -> database.transaction(work));
        group.add(task);
        var thread = Thread.ofVirtual().start(task);
        var deadline = Instant.now().plus(Duration.ofSeconds(10));
        while (thread.getState() != Thread.State.WAITING) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.onSpinWait();
        }
    }

    private boolean held() {
        writerIsBusy.countDown();
        try {
            writerMayGoOn.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return true;
    }

    /** Returns when all have ended, one way or the other. */
    private void release() throws InterruptedException {
        writerMayGoOn.countDown();
        for (var task : group) {
            try {
                task.get();
            } catch (ExecutionException e) {
                assertThat(task.state()).isEqualTo(Future.State.FAILED);
            }
        }
    }

    private static Function<JdbcClient, Integer> noting(String text) {
        return transaction -> note(transaction, text);
    }

    private static int note(JdbcClient transaction, String text) {
        return transaction
                .sql("INSERT INTO notes VALUES (:text)")
                .param("text", text)
                .update();
    }

    private static List<String> notes(JdbcClient client) {
        return client.sql("SELECT text FROM notes ORDER BY text")
                .query(String.class)
                .list();
    }
}
