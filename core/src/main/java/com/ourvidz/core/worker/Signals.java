package com.ourvidz.core.worker;

import com.ourvidz.core.catalog.Queue;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Hints that a queue has work, and that a job has changed. A lost hint costs time and nothing else: whoever waits for one also looks from
 * time to time.
 */
public interface Signals {

    /** Ends what it stands for; twice is once. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** Says that the queue may have work. */
    void wake(Queue queue);

    /** A point in the queue's signals, to be taken before looking into the queue. */
    long mark(Queue queue);

    /** Waits until a signal came after the mark, or the timeout is over. */
    void await(Queue queue, long mark, Duration timeout) throws InterruptedException;

    /** Says that a job is new, or that its status, progress, stage or preview may have changed. Called after the change is committed. */
    void changed(UUID job);

    /**
     * Hears of each job that changes from now on, until the subscription is closed.
     *
     * @param listener returns at once and throws nothing, for whoever changes a job waits for it
     */
    Subscription listen(Consumer<UUID> listener);
}
