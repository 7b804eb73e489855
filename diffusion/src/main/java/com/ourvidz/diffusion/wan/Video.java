package com.ourvidz.diffusion.wan;

/**
 * What became of a request, and what was used for it. The frames went to the {@link FrameConsumer}.
 *
 * @param frames as many as were asked for
 * @param generated how many there were before the last were dropped
 * @param scheduler its name in diffusers
 */
public record Video(
        int width, int height, int frames, int generated, long seed, int steps, String scheduler, Timings timings) {}
