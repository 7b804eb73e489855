package com.ourvidz.core.worker;

import com.ourvidz.core.catalog.Queue;
import java.time.Duration;

/** Hints that a queue has work. A lost hint costs time, never a job: whoever waits also polls. */
public interface Signals {

    /** Says that the queue may have work. */
    void wake(Queue queue);

    /** A point in the queue's signals, to be taken before looking into the queue. */
    long mark(Queue queue);

    /** Waits until a signal came after the mark, or the timeout is over. */
    void await(Queue queue, long mark, Duration timeout) throws InterruptedException;
}
