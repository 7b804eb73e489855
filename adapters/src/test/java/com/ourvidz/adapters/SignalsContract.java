package com.ourvidz.adapters;

import static com.ourvidz.core.catalog.Queue.SDXL_QUEUE;
import static com.ourvidz.core.catalog.Queue.WAN_QUEUE;
import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.worker.Signals;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What signals promise. The timeouts of a minute are there to fail a test; none is ever waited for. */
@Timeout(30)
public interface SignalsContract {

    Duration LONG = Duration.ofMinutes(1);

    Signals testee();

    @Test
    default void aSignalBetweenTheMarkAndTheWaitIsNotLost() throws InterruptedException {
        var mark = testee().mark(SDXL_QUEUE);
        testee().wake(SDXL_QUEUE);

        testee().await(SDXL_QUEUE, mark, LONG);
    }

    @Test
    default void aSignalWakesAllThatWait() throws InterruptedException {
        var woken = new AtomicInteger();
        var mark = testee().mark(SDXL_QUEUE);
        var waiters = IntStream.range(0, 100)
                .mapToObj(number -> Thread.startVirtualThread(() -> {
                    await(mark);
                    woken.incrementAndGet();
                }))
                .toList();
        testee().wake(SDXL_QUEUE);
        for (var waiter : waiters) {
            waiter.join();
        }
        assertThat(woken).hasValue(100);
    }

    @Test
    default void withoutASignalTheWaitEndsWithItsTimeout() throws InterruptedException {
        var mark = testee().mark(SDXL_QUEUE);
        testee().wake(WAN_QUEUE);
        var start = System.nanoTime();

        testee().await(SDXL_QUEUE, mark, Duration.ofMillis(50));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
    }

    @Test
    default void aSignalBeforeTheMarkIsNotSeenAgain() throws InterruptedException {
        testee().wake(SDXL_QUEUE);
        var mark = testee().mark(SDXL_QUEUE);
        var start = System.nanoTime();

        testee().await(SDXL_QUEUE, mark, Duration.ofMillis(50));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
    }

    @Test
    default void noWakeUpIsLostHoweverFastTheyCome() throws InterruptedException {
        var rounds = 2_000;
        var turn = new AtomicInteger();
        Together.race(() -> takeTurns(turn, 0, rounds), () -> takeTurns(turn, 1, rounds));

        assertThat(turn).hasValue(rounds);
    }

    @Test
    default void aListenerHearsOfEachChangeUntilItsSubscriptionIsClosed() {
        var heard = new LinkedBlockingQueue<UUID>();
        var others = new LinkedBlockingQueue<UUID>();
        var job = UUID.randomUUID();
        var last = UUID.randomUUID();
        testee().changed(UUID.randomUUID());
        var subscription = testee().listen(heard::add);
        var other = testee().listen(others::add);

        testee().changed(job);
        assertThat(next(heard)).isEqualTo(job);
        assertThat(next(others)).isEqualTo(job);

        subscription.close();
        testee().changed(last);
        assertThat(next(others)).isEqualTo(last);
        assertThat(heard).isEmpty();
        other.close();
    }

    private static UUID next(BlockingQueue<UUID> heard) {
        try {
            return Objects.requireNonNull(heard.poll(LONG.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Each player moves when the number is its own, and waits for the other's signal when not: one lost signal is a minute. */
    private void takeTurns(AtomicInteger turn, int player, int rounds) {
        while (true) {
            var mark = testee().mark(SDXL_QUEUE);
            var now = turn.get();
            if (now >= rounds) {
                return;
            }
            if (now % 2 == player) {
                turn.incrementAndGet();
                testee().wake(SDXL_QUEUE);
            } else {
                await(mark);
            }
        }
    }

    private void await(long mark) {
        try {
            testee().await(SDXL_QUEUE, mark, LONG);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
