package com.ourvidz.core.money;

import java.util.UUID;

/**
 * One line of the append-only ledger. The sum of a user's entries is the balance.
 *
 * @param amount credits; positive for the user, negative against
 * @param businessKey unique over the whole ledger: the same event can be booked only once, however often it is tried
 */
public record LedgerEntry(String userId, long amount, String businessKey) {

    public static LedgerEntry grant(String userId, long credits) {
        return new LedgerEntry(userId, credits, "grant:" + userId);
    }

    public static LedgerEntry charge(String userId, UUID jobId, long price) {
        return new LedgerEntry(userId, -price, "charge:" + jobId);
    }

    public static LedgerEntry refund(String userId, UUID jobId, long price) {
        return new LedgerEntry(userId, price, "refund:" + jobId);
    }
}
