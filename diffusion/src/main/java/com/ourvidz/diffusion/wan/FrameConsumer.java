package com.ourvidz.diffusion.wan;

import com.ourvidz.diffusion.image.RgbImage;

/** Takes the frames of a video as they are decoded, in order, on the thread that generates. The pipeline keeps none of them. */
@FunctionalInterface
public interface FrameConsumer {

    /** A frame and its index, from 0. */
    void accept(int index, RgbImage frame);
}
