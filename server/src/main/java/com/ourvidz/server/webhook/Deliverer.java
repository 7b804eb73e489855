package com.ourvidz.server.webhook;

import com.ourvidz.core.webhook.Outbox;
import com.ourvidz.core.webhook.Verdict;
import com.ourvidz.core.webhook.WebhookStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Empties the outbox in the background: one thread looks for what is due, and each delivery has a virtual thread of its own. */
public final class Deliverer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("com.ourvidz.webhooks");
    private static final int MOST_AT_ONCE = 64;
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration SWEEP = Duration.ofHours(1);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Outbox outbox;
    private final MeterRegistry meters;
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);
    private final ExecutorService deliveries = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledThreadPoolExecutor clockwork = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("webhooks").daemon().factory(), new ThreadPoolExecutor.DiscardPolicy());

    public Deliverer(Outbox outbox, MeterRegistry meters) {
        this.outbox = outbox;
        this.meters = meters;
        List.of("delivered", "failed", "dead").forEach(this::counter);
    }

    public void start() {
        every(LOOK, this::look);
        every(SWEEP, outbox::sweep);
    }

    /** Begins nothing more, and gives what runs a moment; what does not end in it is sent again by whoever comes next. */
    @Override
    public void close() {
        clockwork.shutdownNow();
        try {
            clockwork.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS);
            deliveries.shutdown();
            deliveries.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        deliveries.shutdownNow();
    }

    private void every(Duration pause, Runnable work) {
        var _ = clockwork.scheduleWithFixedDelay(
                () -> attempt(work), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        var room = free.availablePermits();
        if (room > 0) {
            outbox.due(room).forEach(this::begin);
        }
    }

    private void begin(WebhookStore.Claim claim) {
        free.acquireUninterruptibly();
        deliveries.execute(() -> {
            attempt(() -> deliver(claim));
            free.release();
            clockwork.execute(() -> attempt(this::look)); // the endpoint may have more
        });
    }

    private void deliver(WebhookStore.Claim claim) {
        outbox.deliver(claim).ifPresent(verdict -> {
            var word = word(verdict);
            counter(word).increment();
            LOG.info(
                    "{} {}: attempt {} to tell a webhook",
                    claim.delivery().jobId(),
                    word,
                    claim.delivery().attempts());
        });
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Delivered delivered -> "delivered";
            case Verdict.Again again -> "failed";
            case Verdict.Dead dead -> "dead";
            case Verdict.Gone gone -> "dead";
        };
    }

    private Counter counter(String outcome) {
        return meters.counter("ourvidz.webhooks", "outcome", outcome);
    }

    /** What fails is tried again the next time, whatever was wrong with it. */
    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("Webhooks: this will be tried again", e);
        }
    }
}
