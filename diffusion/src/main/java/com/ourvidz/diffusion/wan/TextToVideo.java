package com.ourvidz.diffusion.wan;

import com.ourvidz.diffusion.image.RgbImage;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A video asked for; a picture is a video of one frame.
 *
 * @param prompt what it shows
 * @param negativePrompt what it does not; empty for none
 * @param width in pixels, a multiple of what a token stands for
 * @param height in pixels, likewise
 * @param frames that are wanted. The autoencoder makes 1 and a multiple of its temporal stride: more are generated and the last dropped
 * @param steps of the scheduler, 1 to the number it was trained with
 * @param guidanceScale how closely it follows the prompt (Ho and Salimans 2022); 1 or less for without guidance, in half the time
 * @param scheduler its name in diffusers; empty for the checkpoint's own
 * @param seed of its noise
 * @param maxTokens of the prompt; the rest of a longer one is not read
 * @param references what it is held to, with a VACE checkpoint
 */
public record TextToVideo(
        String prompt,
        String negativePrompt,
        int width,
        int height,
        int frames,
        int steps,
        double guidanceScale,
        Optional<String> scheduler,
        long seed,
        int maxTokens,
        References references) {

    /** What WAN was trained with. */
    public static final int MAX_TOKENS = 512;

    public TextToVideo {
        if (width < 1 || height < 1 || frames < 1) {
            throw new IllegalArgumentException(
                    "width, height and frames must be positive, not " + width + "x" + height + ", " + frames);
        }
        if (maxTokens < 1) {
            throw new IllegalArgumentException("A prompt must have at least 1 token, not " + maxTokens);
        }
        if (!Double.isFinite(guidanceScale)) {
            throw new IllegalArgumentException("Guidance must be a number, not " + guidanceScale);
        }
        requireReferences(references, width, height, frames);
    }

    /** Held to nothing, with as many tokens as WAN was trained with. */
    public TextToVideo(
            String prompt,
            String negativePrompt,
            int width,
            int height,
            int frames,
            int steps,
            double guidanceScale,
            Optional<String> scheduler,
            long seed) {
        this(
                prompt,
                negativePrompt,
                width,
                height,
                frames,
                steps,
                guidanceScale,
                scheduler,
                seed,
                MAX_TOKENS,
                References.NONE);
    }

    public TextToVideo withMaxTokens(int other) {
        return new TextToVideo(
                prompt,
                negativePrompt,
                width,
                height,
                frames,
                steps,
                guidanceScale,
                scheduler,
                seed,
                other,
                references);
    }

    public TextToVideo heldTo(References others) {
        return new TextToVideo(
                prompt,
                negativePrompt,
                width,
                height,
                frames,
                steps,
                guidanceScale,
                scheduler,
                seed,
                maxTokens,
                others);
    }

    boolean isGuided() {
        return guidanceScale > 1;
    }

    private static void requireReferences(References references, int width, int height, int frames) {
        Stream.of(references.first(), references.last())
                .flatMap(Optional::stream)
                .filter(image -> image.width() != width || image.height() != height)
                .findFirst()
                .ifPresent(image -> refuse(image, width, height));
        if (frames == 1 && references.first().isPresent() && references.last().isPresent()) {
            throw new IllegalArgumentException("A video of one frame cannot be held to a first and a last one");
        }
    }

    private static void refuse(RgbImage image, int width, int height) {
        throw new IllegalArgumentException("A reference must be " + width + "x" + height + " as the video, not "
                + image.width() + "x" + image.height());
    }
}
