package com.ourvidz.enhancer;

import com.ourvidz.enhancer.Enhancer.Progress;
import com.ourvidz.enhancer.Said.End;
import com.ourvidz.enhancer.Said.Failed;
import com.ourvidz.enhancer.Said.Loaded;
import com.ourvidz.enhancer.Said.Piece;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Gathers an answer from what is said on another thread, for as long as it may take. */
final class Listening {

    /** How long nobody hears of the progress at most. */
    private static final Duration TICK = Duration.ofMillis(250);

    /** In characters; no model writes so much of sense. */
    private static final int LONGEST = 100_000;

    private final BlockingQueue<Said> said = new LinkedBlockingQueue<>();

    void hear(Said next) {
        said.add(next);
    }

    /**
     * The whole answer.
     *
     * @param timeout begins anew when the model is loaded
     * @throws EnhancerException when it takes longer, or fails
     */
    Answer await(Duration timeout, Progress progress) throws EnhancerException, InterruptedException {
        var text = new StringBuilder();
        var deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            progress.grown(text.toString());
            var left = deadline - System.nanoTime();
            if (left <= 0 || text.length() > LONGEST) {
                throw new EnhancerException("there was no end of the answer after " + timeout.toSeconds() + " s");
            }
            switch (said.poll(Math.min(left, TICK.toNanos()), TimeUnit.NANOSECONDS)) {
                case null -> {}
                case Loaded _ -> deadline = System.nanoTime() + timeout.toNanos();
                case Piece(var more) -> text.append(more);
                case End(var whole) -> {
                    return new Answer(text.toString(), whole);
                }
                case Failed(var why) -> throw new EnhancerException(why);
            }
        }
    }
}
