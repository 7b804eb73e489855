package com.ourvidz.diffusion.sdxl;

import com.ourvidz.diffusion.image.RgbImage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

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
 * @param start what all pictures start from; empty for noise alone
 */
public record TextToImage(
        String prompt,
        String negativePrompt,
        int width,
        int height,
        int steps,
        Guidance guidance,
        Optional<String> scheduler,
        List<Long> seeds,
        Optional<StartImage> start) {

    public TextToImage {
        seeds = List.copyOf(seeds);
        if (seeds.isEmpty()) {
            throw new IllegalArgumentException("At least one seed is needed: there is a picture for each");
        }
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("width and height must be positive, not " + width + "x" + height);
        }
        start.map(StartImage::image).ifPresent(image -> requireSize(image, width, height));
    }

    /** Starts from noise alone. */
    public TextToImage(
            String prompt,
            String negativePrompt,
            int width,
            int height,
            int steps,
            Guidance guidance,
            Optional<String> scheduler,
            List<Long> seeds) {
        this(prompt, negativePrompt, width, height, steps, guidance, scheduler, seeds, Optional.empty());
    }

    /** The same, started from a picture of the size asked for. */
    public TextToImage from(StartImage image) {
        return new TextToImage(
                prompt, negativePrompt, width, height, steps, guidance, scheduler, seeds, Optional.of(image));
    }

    /** How many steps a picture takes: the last of {@link #steps}, all of them without a picture to start from. */
    public int stepsTaken() {
        return start.map(image -> image.stepsOf(steps)).orElse(steps);
    }

    /** The strength of {@link #start}; empty without. */
    public OptionalDouble denoisingStrength() {
        return start.map(image -> OptionalDouble.of(image.strength())).orElse(OptionalDouble.empty());
    }

    private static void requireSize(RgbImage image, int width, int height) {
        if (image.width() != width || image.height() != height) {
            throw new IllegalArgumentException("The start image must be " + width + "x" + height
                    + " as the picture, not " + image.width() + "x" + image.height());
        }
    }
}
