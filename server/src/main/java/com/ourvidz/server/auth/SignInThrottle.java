package com.ourvidz.server.auth;

import com.ourvidz.core.Rejection;
import com.ourvidz.server.limit.Network;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often passwords may be tried: by one address for one name, and by one address for all names. It remembers those who came last, in
 * bounded space; an address that tries many names stays among them. An IPv6 address counts with its {@link Network}.
 */
public final class SignInThrottle {

    private static final int REMEMBERED = 10_000;
    private static final int TRIES_FOR_A_NAME = 10;
    private static final int TRIES_OF_AN_ADDRESS = 100;
    private static final Duration REFILL = Duration.ofMinutes(10);
    private static final long SECOND_NANOS = 1_000_000_000;

    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @throws Rejection {@code TOO_MANY_REQUESTS} */
    void admit(String name, String address) {
        var network = Network.of(address);
        take(network, TRIES_OF_AN_ADDRESS);
        take(network + " " + name, TRIES_FOR_A_NAME);
    }

    private void take(String key, int tries) {
        var taken = bucket(key, tries).tryConsumeAndReturnRemaining(1);
        if (!taken.isConsumed()) {
            var wait = Math.ceilDiv(taken.getNanosToWaitForRefill(), SECOND_NANOS);
            throw Rejection.of(Rejection.Reason.TOO_MANY_REQUESTS, "Too many passwords were tried. Try again later.")
                    .with("retryable", true)
                    .with("retryAfterSeconds", wait);
        }
    }

    private Bucket bucket(String key, int tries) {
        synchronized (buckets) {
            return buckets.computeIfAbsent(
                    key,
                    each -> Bucket.builder()
                            .addLimit(limit -> limit.capacity(tries).refillGreedy(tries, REFILL))
                            .build());
        }
    }
}
