package com.ourvidz.core.money;

/**
 * Credits that an administrator gives.
 *
 * @param id unique over all grants: the same one is booked only once, however often it is tried
 * @param givenBy the administrator
 * @param note why, in the administrator's words; may be empty
 */
public record Grant(String id, String userId, long credits, String givenBy, String note) {

    /** The most credits of one grant. */
    public static final long MOST = 1_000_000_000;

    public LedgerEntry entry() {
        return new LedgerEntry(userId, credits, "granted:" + id);
    }
}
