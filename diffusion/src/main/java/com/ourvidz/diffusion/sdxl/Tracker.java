package com.ourvidz.diffusion.sdxl;

import com.ourvidz.diffusion.sdxl.Progress.Preview;
import com.ourvidz.diffusion.sdxl.Progress.Stage;
import com.ourvidz.diffusion.tensor.Scoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/** Follows one request: times what is done, reports it, and ends it when told to. */
class Tracker {

    /**
     * What a step has come to.
     *
     * @param preview of its latents, while what the step made is not yet freed
     */
    record Step(Tensor latents, Preview preview) {}

    private final Progress progress;
    private final int steps;
    private final int pictures;
    private Duration text = Duration.ZERO;
    private Duration encode = Duration.ZERO;
    private final List<Duration> stepTimes = new ArrayList<>();
    private final List<Duration> decodeTimes = new ArrayList<>();

    Tracker(TextToImage request, Progress progress) {
        this.progress = progress;
        this.pictures = request.seeds().size();
        this.steps = pictures * request.stepsTaken();
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

    /** Frees what the step made but the latents. */
    final Tensor step(Supplier<Step> denoising) {
        return Scoped.result(() -> {
            long start = System.nanoTime();
            Step step = denoising.get();
            stepTimes.add(since(start));
            denoised(step.latents());
            goOn(progress.denoised(stepTimes.size(), steps, step.preview()), Stage.DENOISE, stepTimes.size(), steps);
            return step.latents();
        });
    }

    final <T> T decode(Supplier<T> decoding) {
        long start = System.nanoTime();
        T result = Scoped.value(decoding);
        decodeTimes.add(since(start));
        report(Stage.DECODE, decodeTimes.size(), pictures);
        return result;
    }

    /** The latents after a step, for those who want to look. */
    void denoised(Tensor latents) {}

    final Timings timings() {
        return new Timings(text, encode, stepTimes, decodeTimes);
    }

    private void report(Stage stage, int step, int total) {
        goOn(progress.report(stage, step, total), stage, step, total);
    }

    private static void goOn(boolean wanted, Stage stage, int step, int total) {
        if (!wanted) {
            throw new CancellationException("Ended at " + stage + " " + step + " of " + total);
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
