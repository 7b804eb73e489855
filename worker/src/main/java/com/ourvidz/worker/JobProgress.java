package com.ourvidz.worker;

/**
 * How far a job is.
 *
 * @param percent 0 to 100
 * @param stage what is being done, in a word or two: {@code denoising 7/15}
 */
record JobProgress(int percent, String stage) {

    /** This, but not behind {@code earlier}. */
    JobProgress notBehind(JobProgress earlier) {
        return new JobProgress(Math.max(percent, earlier.percent), stage);
    }
}
