package com.ourvidz.core.money;

import com.ourvidz.core.catalog.JobType;
import java.util.Map;

/** What each job type costs, in whole credits. The server owns it; clients can only offer more. */
public record PriceList(Map<JobType, Long> prices) {

    /** A sanity bound on what a client may offer. */
    public static final long MAX_PRICE = 1_000_000;

    /** Of a job type without a price of its own. */
    public static final long DEFAULT_PRICE = 1;

    public long of(JobType type) {
        return prices.getOrDefault(type, DEFAULT_PRICE);
    }
}
