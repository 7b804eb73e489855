package com.ourvidz.diffusion.video;

/**
 * Frames a second, as a fraction, so that times are exact.
 *
 * @param numerator at least 1
 * @param denominator at least 1
 */
public record FrameRate(int numerator, int denominator) {

    public FrameRate {
        if (numerator < 1 || denominator < 1) {
            throw new IllegalArgumentException(numerator + "/" + denominator + " is no frame rate");
        }
    }

    /** How long so many frames are seen. */
    public double seconds(int frames) {
        return (double) frames * denominator / numerator;
    }
}
