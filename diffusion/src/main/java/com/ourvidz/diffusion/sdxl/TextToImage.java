package com.ourvidz.diffusion.sdxl;

import java.util.List;
import java.util.Optional;

/**
 * Pictures asked for.
 *
 * @param prompt what they show
 * @param negativePrompt what they do not; empty for none
 * @param width in pixels, a multiple of what a latent stands for
 * @param height in pixels, likewise
 * @param steps of the scheduler, 1 to the number it was trained with
 * @param guidance how closely they follow the prompt
 * @param scheduler its name in diffusers; empty for the checkpoint's own
 * @param seeds one a picture; a picture depends on its own seed alone
 */
public record TextToImage(
        String prompt,
        String negativePrompt,
        int width,
        int height,
        int steps,
        Guidance guidance,
        Optional<String> scheduler,
        List<Long> seeds) {

    public TextToImage {
        seeds = List.copyOf(seeds);
        if (seeds.isEmpty()) {
            throw new IllegalArgumentException("At least one seed is needed: there is a picture for each");
        }
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("width and height must be positive, not " + width + "x" + height);
        }
    }
}
