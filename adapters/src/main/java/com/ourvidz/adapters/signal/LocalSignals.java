package com.ourvidz.adapters.signal;

import com.ourvidz.core.catalog.Queue;
import com.ourvidz.core.worker.Signals;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Signals between the threads of one server. A mark is the number of signals so far, so that one between mark and wait is not missed. */
public final class LocalSignals implements Signals {

    private final Map<Queue, Bell> bells = new EnumMap<>(Queue.class);
    private final List<Consumer<UUID>> listeners = new CopyOnWriteArrayList<>();

    public LocalSignals() {
        for (var queue : Queue.values()) {
            bells.put(queue, new Bell());
        }
    }

    @Override
    public void wake(Queue queue) {
        bell(queue).ring();
    }

    @Override
    public long mark(Queue queue) {
        return bell(queue).rings();
    }

    @Override
    public void await(Queue queue, long mark, Duration timeout) throws InterruptedException {
        bell(queue).await(mark, timeout.toNanos());
    }

    @Override
    public void changed(UUID job) {
        listeners.forEach(listener -> listener.accept(job));
    }

    @Override
    public Subscription listen(Consumer<UUID> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private Bell bell(Queue queue) {
        return Objects.requireNonNull(bells.get(queue));
    }

    private static final class Bell {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition rung = lock.newCondition();
        private long rings;

        void ring() {
            lock.lock();
            try {
                rings++;
                rung.signalAll();
            } finally {
                lock.unlock();
            }
        }

        long rings() {
            lock.lock();
            try {
                return rings;
            } finally {
                lock.unlock();
            }
        }

        void await(long mark, long nanos) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                for (var left = nanos; rings == mark && left > 0; ) {
                    left = rung.awaitNanos(left);
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
