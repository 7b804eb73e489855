package com.ourvidz.diffusion.wan;

import com.ourvidz.diffusion.tensor.Scoped;
import com.ourvidz.diffusion.wan.Progress.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/** Follows one request: times what is done, reports it, and ends it when told to. */
class Tracker {

    private final Progress progress;
    private final int steps;
    private Duration text = Duration.ZERO;
    private Duration encode = Duration.ZERO;
    private final List<Duration> stepTimes = new ArrayList<>();
    private final List<Duration> decodeTimes = new ArrayList<>();
    private long lastDecoded;

    Tracker(TextToVideo request, Progress progress) {
        this.progress = progress;
        this.steps = request.steps();
    }

    final <T> T text(Supplier<T> encoding) {
        long start = System.nanoTime();
        T result = encoding.get();
        text = since(start);
        report(Stage.TEXT, 1, 1);
        return result;
    }

    final <T> T encode(Supplier<T> encoding) {
        long start = System.nanoTime();
        T result = encoding.get();
        encode = since(start);
        return result;
    }

    final void encoded(int group, int groups) {
        report(Stage.ENCODE, group, groups);
    }

    /** Frees what the step made but the latents. */
    final Tensor step(Supplier<Tensor> denoising) {
        long start = System.nanoTime();
        Tensor latents = Scoped.result(denoising);
        stepTimes.add(since(start));
        denoised(latents);
        report(Stage.DENOISE, stepTimes.size(), steps);
        return latents;
    }

    final void decode(Runnable decoding) {
        lastDecoded = System.nanoTime();
        decoding.run();
    }

    final void decoded(int group, int groups) {
        decodeTimes.add(since(lastDecoded));
        lastDecoded = System.nanoTime();
        report(Stage.DECODE, group, groups);
    }

    /** The latents after a step, for those who want to look. */
    void denoised(Tensor latents) {}

    final Timings timings() {
        return new Timings(text, encode, stepTimes, decodeTimes);
    }

    private void report(Stage stage, int step, int total) {
        if (!progress.report(stage, step, total)) {
            throw new CancellationException("Ended at " + stage + " " + step + " of " + total);
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
