package com.ourvidz.diffusion.sdxl;

/** Hears how far a request is, and may end it. Called on the thread that generates. */
@FunctionalInterface
public interface Progress {

    /** What is being done. */
    enum Stage {
        TEXT,
        DENOISE,
        DECODE
    }

    /**
     * A step is done.
     *
     * @param step 1 to {@code total}, counted through all pictures
     * @return whether to go on
     */
    boolean report(Stage stage, int step, int total);
}
