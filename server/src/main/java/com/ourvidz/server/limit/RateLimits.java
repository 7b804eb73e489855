package com.ourvidz.server.limit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.ourvidz.core.Rejection;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Optional;

/**
 * Counts requests, apart for each caller and for those that write and those that read. A caller may use a minute's worth at once and gets it back
 * evenly. What is kept of callers is bounded: those not heard of for a while are forgotten, and so are some when there are very many.
 */
public final class RateLimits {

    /**
     * What the operator may set.
     *
     * @param writes requests a minute that change something; 0 for no limit
     * @param reads all other requests a minute; 0 for no limit
     */
    public record Settings(int writes, int reads) {}

    private record Caller(String name, boolean writes) {}

    private static final int MOST_CALLERS = 100_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long SECOND_NANOS = 1_000_000_000;

    private final Settings settings;
    private final LoadingCache<Caller, Bucket> buckets;

    public RateLimits(Settings settings) {
        this.settings = settings;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_CALLERS)
                .expireAfterAccess(MINUTE) // by then a bucket is full again, as a new one is
                .build(caller -> bucket(limit(caller.writes())));
    }

    /** Counts a request of the user; says why when it is one too many. */
    public Optional<Rejection> ofUser(String name, boolean writes) {
        return take(new Caller("user " + name, writes));
    }

    /** Counts a request that comes without a user; says why when it is one too many from its {@link Network}. */
    public Optional<Rejection> ofAddress(String address, boolean writes) {
        return take(new Caller("address " + Network.of(address), writes));
    }

    private Optional<Rejection> take(Caller caller) {
        if (limit(caller.writes()) == 0) {
            return Optional.empty();
        }
        var probe = buckets.get(caller).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Optional.empty() : Optional.of(tooMany(probe.getNanosToWaitForRefill()));
    }

    private int limit(boolean writes) {
        return writes ? settings.writes() : settings.reads();
    }

    private static Bucket bucket(int requests) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(requests).refillGreedy(requests, MINUTE))
                .build();
    }

    private static Rejection tooMany(long nanos) {
        var seconds = Math.ceilDiv(nanos, SECOND_NANOS);
        return Rejection.of(
                        Rejection.Reason.TOO_MANY_REQUESTS,
                        "Too many requests. Try again in " + seconds + (seconds == 1 ? " second." : " seconds."))
                .with("retryable", true)
                .with("retryAfterSeconds", seconds);
    }
}
