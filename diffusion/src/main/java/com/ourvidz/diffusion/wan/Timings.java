package com.ourvidz.diffusion.wan;

import java.time.Duration;
import java.util.List;

/**
 * What the time went into.
 *
 * @param text for both prompts
 * @param encode the frames that the video is held to; zero without VACE
 * @param steps each denoising step
 * @param decodes each group of frames, with what its consumer took
 */
public record Timings(Duration text, Duration encode, List<Duration> steps, List<Duration> decodes) {

    public Timings {
        steps = List.copyOf(steps);
        decodes = List.copyOf(decodes);
    }

    public Duration denoise() {
        return steps.stream().reduce(Duration.ZERO, Duration::plus);
    }

    public Duration decode() {
        return decodes.stream().reduce(Duration.ZERO, Duration::plus);
    }
}
