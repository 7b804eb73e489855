package com.ourvidz.adapters.sql;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time by which leases are counted: that of a wall clock when this one was made, and from then on only what has really passed. Setting
 * the machine's clock, or letting it sleep, makes no lease older or younger. Where times are shown, the wall clock is right.
 */
public final class SteadyClock {

    private static final long NANOS = 1_000_000;

    private final LongSupplier nanos;
    private final long startMillis;
    private final long startNanos;

    public SteadyClock(InstantSource wall) {
        this(wall, System::nanoTime);
    }

    /**
     * A clock that is driven by another counter.
     *
     * @param nanos nanoseconds from any origin; they never go back
     */
    public SteadyClock(InstantSource wall, LongSupplier nanos) {
        this.nanos = nanos;
        this.startMillis = wall.millis();
        this.startNanos = nanos.getAsLong();
    }

    /** Milliseconds since 1970 by the wall clock at the start. */
    long millis() {
        return startMillis + (nanos.getAsLong() - startNanos) / NANOS;
    }
}
