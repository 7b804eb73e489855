package com.ourvidz.core.money;

import java.util.Optional;
import java.util.UUID;

/**
 * One line of the append-only ledger. The sum of a user's entries is the balance.
 *
 * @param amount credits; positive for the user, negative against
 * @param businessKey unique over the whole ledger: the same event can be booked only once, however often it is tried
 */
public record LedgerEntry(String userId, long amount, String businessKey) {

    /** What an entry is for. */
    public enum Kind {
        /** What a new user starts with, or an administrator gives. */
        GRANT,
        CHARGE,
        REFUND
    }

    private static final String CHARGE = "charge:";
    private static final String REFUND = "refund:";

    public static LedgerEntry grant(String userId, long credits) {
        return new LedgerEntry(userId, credits, "grant:" + userId);
    }

    public static LedgerEntry charge(String userId, UUID jobId, long price) {
        return new LedgerEntry(userId, -price, CHARGE + jobId);
    }

    public static LedgerEntry refund(String userId, UUID jobId, long price) {
        return new LedgerEntry(userId, price, REFUND + jobId);
    }

    public Kind kind() {
        if (businessKey.startsWith(CHARGE)) {
            return Kind.CHARGE;
        }
        return businessKey.startsWith(REFUND) ? Kind.REFUND : Kind.GRANT;
    }

    /** The job that was charged or paid back. */
    public Optional<UUID> jobId() {
        return kind() == Kind.GRANT
                ? Optional.empty()
                : Optional.of(UUID.fromString(businessKey.substring(CHARGE.length()))); // as long as the other
    }
}
