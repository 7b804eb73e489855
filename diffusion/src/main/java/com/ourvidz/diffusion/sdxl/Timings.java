package com.ourvidz.diffusion.sdxl;

import java.time.Duration;
import java.util.List;

/**
 * What the time went into.
 *
 * @param text for both prompts
 * @param encode the start image; zero without
 * @param steps each step of each picture
 * @param decodes each picture
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
