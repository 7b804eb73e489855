package com.ourvidz.worker;

import com.ourvidz.diffusion.image.RgbImage;
import java.util.Optional;

/**
 * How far a job is.
 *
 * @param percent 0 to 100
 * @param stage what is being done, in a word or two: {@code denoising 7/15}
 * @param preview a small picture of what is being made, where there is a new one
 */
record JobProgress(int percent, String stage, Optional<RgbImage> preview) {

    JobProgress(int percent, String stage) {
        this(percent, stage, Optional.empty());
    }

    /** This, but not behind {@code earlier}, and with its preview unless there is a newer one. */
    JobProgress notBehind(JobProgress earlier) {
        return new JobProgress(Math.max(percent, earlier.percent), stage, preview.or(earlier::preview));
    }

    /** What there is to say once the preview was sent. */
    JobProgress withoutPreview() {
        return new JobProgress(percent, stage);
    }
}
