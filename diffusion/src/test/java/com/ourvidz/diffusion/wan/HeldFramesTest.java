package com.ourvidz.diffusion.wan;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.diffusion.image.RgbImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a first and a last picture do, seen in the decoded frames of the checkpoint that comes with the project: random weights, as those of
 * the golden numbers, take no notice of a picture, here and in diffusers.
 */
class HeldFramesTest {

    private static final int FRAMES = 9;

    private static final WanPipeline PIPELINE =
            WanPipeline.load(Path.of("..", "models", "starter-wan"), Options.defaults());
    private static final RgbImage FIRST = picture("a red balloon over the desert by day");
    private static final RgbImage LAST = picture("a purple house in the snow at sunset");

    private static List<RgbImage> free;
    private static List<RgbImage> loosely;
    private static List<RgbImage> closely;

    @BeforeAll
    static void makeVideos() {
        free = frames(References.NONE);
        loosely = frames(new References(Optional.of(FIRST), Optional.of(LAST), 0.3));
        closely = frames(new References(Optional.of(FIRST), Optional.of(LAST), 0.9));
    }

    @AfterAll
    static void close() {
        PIPELINE.close();
    }

    @Test
    void theFirstFrameIsCloserToItsPictureTheMoreThatCounts() {
        assertCloser(FIRST, 0);
    }

    @Test
    void theLastFrameIsCloserToItsPictureTheMoreThatCounts() {
        assertCloser(LAST, FRAMES - 1);
    }

    private static void assertCloser(RgbImage picture, int frame) {
        double without = distance(picture, free.get(frame));
        double little = distance(picture, loosely.get(frame));
        double much = distance(picture, closely.get(frame));
        assertThat(little).as("with, and without %.1f", without).isLessThan(without);
        assertThat(much).as("at 0.9, and at 0.3 %.1f", little).isLessThan(little);
    }

    private static RgbImage picture(String prompt) {
        List<RgbImage> frames = new ArrayList<>();
        make(new TextToVideo(prompt, "", 480, 832, 1, 3, 1, Optional.empty(), 3), frames);
        return frames.getFirst();
    }

    private static List<RgbImage> frames(References references) {
        List<RgbImage> frames = new ArrayList<>();
        make(
                new TextToVideo("a green boat sailing at sea by day", "", 480, 832, FRAMES, 3, 1, Optional.empty(), 3)
                        .heldTo(references),
                frames);
        return frames;
    }

    private static void make(TextToVideo request, List<RgbImage> frames) {
        PIPELINE.generate(request, (stage, step, total) -> true, (index, frame) -> frames.add(frame));
    }

    /** Mean absolute difference, in levels of 255. */
    private static double distance(RgbImage one, RgbImage other) {
        byte[] ours = one.rgb();
        byte[] theirs = other.rgb();
        long sum = 0;
        for (int i = 0; i < ours.length; i++) {
            sum += Math.abs((ours[i] & 0xff) - (theirs[i] & 0xff));
        }
        return (double) sum / ours.length;
    }
}
