package com.ourvidz.diffusion.sdxl;

import com.ourvidz.diffusion.image.RgbImage;

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

    /** The picture being made, as the model sees it at this step. */
    @FunctionalInterface
    interface Preview {

        /** About an eighth of the picture's width and height. Computed when it is asked for, which is possible during the report only. */
        RgbImage image();
    }

    /**
     * A step of {@link Stage#DENOISE} is done; for those who want to see more of it than {@link #report} says.
     *
     * @return whether to go on
     */
    default boolean denoised(int step, int total, Preview preview) {
        return report(Stage.DENOISE, step, total);
    }
}
