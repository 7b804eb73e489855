package com.ourvidz.diffusion.wan;

import com.ourvidz.diffusion.image.RgbImage;
import java.util.Optional;

/**
 * Frames that a video is held to.
 *
 * @param first the first frame, of the video's size; see {@link RgbImage#fitted}
 * @param last the last frame that is kept, likewise
 * @param scale how much they count, 0 for not at all: diffusers' {@code conditioning_scale}
 */
public record References(Optional<RgbImage> first, Optional<RgbImage> last, double scale) {

    /** Nothing is known of the video. */
    public static final References NONE = new References(Optional.empty(), Optional.empty(), 1);

    public References {
        if (!(scale >= 0) || !Double.isFinite(scale)) {
            throw new IllegalArgumentException("The scale of references must be 0 or more, not " + scale);
        }
    }

    public boolean isEmpty() {
        return first.isEmpty() && last.isEmpty();
    }
}
