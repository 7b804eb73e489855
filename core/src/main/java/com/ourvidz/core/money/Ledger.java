package com.ourvidz.core.money;

import com.ourvidz.core.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The books, to be read: money moves with what it is paid for, in the stores' own transactions. */
public interface Ledger {

    /** What was charged for or paid back, for people to recognise. */
    record Work(String jobType, String prompt) {}

    /**
     * An entry, when it was booked, and what it was for.
     *
     * @param note the administrator's words about a grant; may be empty
     * @param work empty for a grant
     */
    record Line(LedgerEntry entry, Instant bookedAt, String note, Optional<Work> work) {}

    /** Credits left; 0 for a user who has not been seen. */
    long balance(String userId);

    /** The user's entries, newest first. */
    Page<Line> statement(String userId, Optional<Page.Cursor> after, int limit);

    /**
     * Every way in which balances, entries, grants and jobs contradict each other, one sentence each; empty when all is well. Reads the
     * whole ledger.
     */
    List<String> discrepancies();
}
