package com.ourvidz.worker;

import com.ourvidz.diffusion.wan.Progress;

/** Turns what the pipeline says of its steps into a job's progress; each stage has a fixed share of 100. */
final class WanProgress implements Progress {

    private static final int TEXT = 3;
    private static final int ENCODED = TEXT + 5;
    private static final int DENOISED = ENCODED + 70;
    private static final int DECODED = DENOISED + 12;
    private static final int WRITTEN = DECODED + 5;

    private final Engine.Desk desk;

    WanProgress(Engine.Desk desk) {
        this.desk = desk;
    }

    /** @throws StaleLeaseException when the job is to be dropped */
    @Override
    public boolean report(Stage stage, int step, int total) {
        switch (stage) {
            case TEXT -> show(TEXT, "reading the prompt");
            case ENCODE -> show(TEXT, ENCODED, "preparing frames", step, total);
            case DENOISE -> show(ENCODED, DENOISED, "denoising", step, total);
            case DECODE -> show(DENOISED, DECODED, "decoding", step, total);
        }
        return true;
    }

    /** Before frame {@code index}, from 0, is written. */
    void writing(int index, int total) {
        show(DECODED, WRITTEN, "encoding", index + 1, total);
    }

    void uploading() {
        show(WRITTEN, "uploading");
    }

    private void show(int from, int to, String what, int step, int total) {
        show(from + (to - from) * step / total, what + " " + step + "/" + total);
    }

    private void show(int percent, String what) {
        desk.progress(new JobProgress(percent, what));
    }
}
