package com.ourvidz.diffusion.sdxl;

import com.ourvidz.diffusion.image.RgbImage;

/**
 * A picture to start from, in place of noise alone (SDEdit, Meng et al. 2022).
 *
 * @param image of the size that is asked for; see {@link RgbImage#fitted}
 * @param strength how much of it is painted over, 0 to 1: the part of the steps that are taken, rounded down, which diffusers calls {@code
 *     strength} as well. More than 0 takes at least one step, where diffusers refuses what rounds to none. At 0 none is taken, and the picture
 *     is what the autoencoder makes of the start image.
 */
public record StartImage(RgbImage image, double strength) {

    public StartImage {
        if (!(strength >= 0 && strength <= 1)) {
            throw new IllegalArgumentException("The strength must be 0 to 1, not " + strength);
        }
    }

    /** How many of {@code steps} are taken: the last ones. */
    int stepsOf(int steps) {
        return strength == 0 ? 0 : Math.max(1, (int) (steps * strength));
    }
}
