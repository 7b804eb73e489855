package com.ourvidz.diffusion.wan;

/** Hears how far a request is, and may end it. Called on the thread that generates; stages come in their order here. */
@FunctionalInterface
public interface Progress {

    /** What is being done. */
    enum Stage {
        TEXT,
        /** The frames that the video is held to; with a VACE checkpoint only. */
        ENCODE,
        DENOISE,
        DECODE
    }

    /**
     * A step is done.
     *
     * @param step 1 to {@code total}: a denoising step, or a group of frames that was encoded or decoded
     * @return whether to go on
     */
    boolean report(Stage stage, int step, int total);
}
