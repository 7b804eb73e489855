package com.ourvidz.server.supervise;

import com.ourvidz.core.asset.Assets;
import com.ourvidz.core.lease.Leases;
import com.ourvidz.core.reference.References;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the sweeps from time to time: expired leases often, the bytes of deleted assets now and then. */
public final class Sweeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final Duration LEASES = Duration.ofSeconds(2);
    private static final Duration ASSETS = Duration.ofMinutes(1);

    private final Leases leases;
    private final Assets assets;
    private final References references;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("sweeper").daemon().factory());

    public Sweeper(Leases leases, Assets assets, References references) {
        this.leases = leases;
        this.assets = assets;
        this.references = references;
    }

    public void start() {
        every(LEASES, leases::sweep);
        every(ASSETS, assets::sweep);
        every(ASSETS, references::sweep);
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Sweep {
        void run() throws Exception;
    }

    private void every(Duration pause, Sweep sweep) {
        var _ = thread.scheduleWithFixedDelay(
                () -> attempt(sweep), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A sweep that fails is tried again the next time, whatever was wrong with it. */
    private static void attempt(Sweep sweep) {
        try {
            sweep.run();
        } catch (Exception e) {
            LOG.error("A sweep failed", e);
        }
    }
}
