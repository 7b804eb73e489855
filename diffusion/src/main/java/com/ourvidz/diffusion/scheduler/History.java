package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.tensor.Lasting;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.bytedeco.pytorch.Tensor;

/** The last tensors of a run, which a multistep method looks back at. They outlive the scope of their step, and are freed on closing. */
final class History implements AutoCloseable {

    private final int most;
    private final Deque<Lasting<Tensor>> latestFirst = new ArrayDeque<>();

    /** @param most how many are kept: one more, and the oldest goes */
    History(int most) {
        this.most = most;
    }

    void add(Tensor tensor) {
        latestFirst.addFirst(Lasting.of(() -> tensor.detach())); // a handle of its own to the same numbers
        if (latestFirst.size() > most) {
            latestFirst.removeLast().close();
        }
    }

    int size() {
        return latestFirst.size();
    }

    Tensor latest() {
        return ago(0);
    }

    /** @param steps 0 for the latest, less than {@link #size} */
    Tensor ago(int steps) {
        Iterator<Lasting<Tensor>> going = latestFirst.iterator();
        for (int i = 0; i < steps; i++) {
            going.next();
        }
        return going.next().value();
    }

    @Override
    public void close() {
        latestFirst.forEach(Lasting::close);
        latestFirst.clear();
    }
}
