package com.ourvidz.diffusion.sdxl;

import java.util.List;

/**
 * What became of a request, and what was used for it.
 *
 * @param scheduler its name in diffusers
 */
public record Pictures(List<Picture> pictures, int steps, Guidance guidance, String scheduler, Timings timings) {

    public Pictures {
        pictures = List.copyOf(pictures);
    }

    /**
     * One picture.
     *
     * @param rgb height rows of width pixels of three bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // a picture is not compared, and a copy would be megabytes
    public record Picture(long seed, int width, int height, byte[] rgb) {}
}
