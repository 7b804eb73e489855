package com.ourvidz.diffusion.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.diffusion.image.RgbImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrameSpoolTest {

    @Test
    void framesComeBackInOrderAsOftenAsTheyAreAskedFor() throws IOException {
        List<RgbImage> frames =
                IntStream.range(0, 3).mapToObj(FrameSpoolTest::frame).toList();
        try (FrameSpool spool = FrameSpool.open(4, 2)) {
            frames.forEach(spool::add);
            assertThat(spool.count()).isEqualTo(3);
            for (int run = 0; run < 2; run++) {
                List<RgbImage> read = new ArrayList<>();
                spool.forEach(read::add);
                assertThat(read.stream().map(RgbImage::rgb).toList())
                        .containsExactlyElementsOf(
                                frames.stream().map(RgbImage::rgb).toList());
            }
            assertThat(spool.frame(1).rgb()).isEqualTo(frames.get(1).rgb());
        }
    }

    @Test
    void aFrameOfAnotherSizeIsRefused() throws IOException {
        try (FrameSpool spool = FrameSpool.open(2, 4)) {
            assertThatThrownBy(() -> spool.add(frame(0))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** 4 x 2 pixels that are different in each frame. */
    private static RgbImage frame(int index) {
        byte[] rgb = new byte[4 * 2 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (50 * index + i);
        }
        return new RgbImage(4, 2, rgb);
    }
}
