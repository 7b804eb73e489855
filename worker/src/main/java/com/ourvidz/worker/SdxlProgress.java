package com.ourvidz.worker;

import com.ourvidz.diffusion.sdxl.Progress;

/**
 * Turns what the pipeline says of its steps into a job's progress. Text, steps, decoding and upload have fixed shares of 100, and each adds
 * its part of it; so the sum only grows, whatever the order that they come in.
 */
final class SdxlProgress implements Progress {

    private static final int TEXT = 5;
    private static final int DENOISE = 80;
    private static final int DECODE = 10;
    private static final int UPLOAD = 100 - TEXT - DENOISE - DECODE;

    private final Engine.Desk desk;
    private int denoised;
    private int decoded;

    SdxlProgress(Engine.Desk desk) {
        this.desk = desk;
    }

    /** @throws StaleLeaseException when the job is to be dropped */
    @Override
    public boolean report(Stage stage, int step, int total) {
        switch (stage) {
            case TEXT -> show("reading the prompt");
            case DENOISE -> {
                denoised = DENOISE * step / total;
                show("denoising " + step + "/" + total);
            }
            case DECODE -> {
                decoded = DECODE * step / total;
                show(total == 1 ? "decoding" : "decoding " + step + "/" + total);
            }
        }
        return true;
    }

    /** Before picture {@code index} of {@code count}, from 0, is handed in. */
    void uploading(int index, int count) {
        desk.progress(new JobProgress(100 - UPLOAD + UPLOAD * index / count, "uploading"));
    }

    private void show(String what) {
        desk.progress(new JobProgress(TEXT + denoised + decoded, what));
    }
}
