package com.ourvidz.worker;

import com.ourvidz.diffusion.image.RgbImage;
import com.ourvidz.diffusion.sdxl.Progress;
import java.util.Optional;

/**
 * Turns what the pipeline says of its steps into a job's progress. Text, steps, decoding and upload have fixed shares of 100, and each adds
 * its part of it; so the sum only grows, whatever the order that they come in.
 */
final class SdxlProgress implements Progress {

    private static final int TEXT = 5;
    private static final int DENOISE = 80;
    private static final int DECODE = 10;
    private static final int UPLOAD = 100 - TEXT - DENOISE - DECODE;

    private static final int STEPS_A_PREVIEW = 3;

    private final Engine.Desk desk;
    private final boolean previews;
    private int denoised;
    private int decoded;

    SdxlProgress(Engine.Desk desk, boolean previews) {
        this.desk = desk;
        this.previews = previews;
    }

    /** @throws StaleLeaseException when the job is to be dropped */
    @Override
    public boolean report(Stage stage, int step, int total) {
        switch (stage) {
            case TEXT -> show("reading the prompt");
            case DENOISE -> denoised(step, total, Optional.empty());
            case DECODE -> {
                decoded = DECODE * step / total;
                show(total == 1 ? "decoding" : "decoding " + step + "/" + total);
            }
        }
        return true;
    }

    /** With a preview of the first step and of each third one after it. */
    @Override
    public boolean denoised(int step, int total, Preview preview) {
        var due = previews && step % STEPS_A_PREVIEW == 1;
        denoised(step, total, due ? Optional.of(preview.image()) : Optional.empty());
        return true;
    }

    private void denoised(int step, int total, Optional<RgbImage> preview) {
        denoised = DENOISE * step / total;
        desk.progress(new JobProgress(TEXT + denoised + decoded, "denoising " + step + "/" + total, preview));
    }

    /** Before picture {@code index} of {@code count}, from 0, is handed in. */
    void uploading(int index, int count) {
        desk.progress(new JobProgress(100 - UPLOAD + UPLOAD * index / count, "uploading"));
    }

    private void show(String what) {
        desk.progress(new JobProgress(TEXT + denoised + decoded, what));
    }
}
