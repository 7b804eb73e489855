package com.ourvidz.diffusion.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.ourvidz.diffusion.image.GenerationParameters;
import com.ourvidz.diffusion.image.ImageFile;
import com.ourvidz.diffusion.image.RgbImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThumbnailTest {

    @Test
    void itIsASmallWebpOfTheSamePicture() throws IOException {
        byte[] file = Thumbnail.webp(Clip.sailAt(0.4, 480, 832), 256, GenerationParameters.XMP);

        RgbImage read = ImageFile.read(file);
        assertThat(new String(file, 8, 4, StandardCharsets.US_ASCII)).isEqualTo("WEBP");
        assertThat(read.width()).isEqualTo(148);
        assertThat(read.height()).isEqualTo(256);
        assertThat(file).hasSizeLessThan(10_000);
        assertThat(pixel(read, 74, 10)).as("sky").satisfies(levels -> near(levels, 120, 180, 235));
        assertThat(pixel(read, 74, 200)).as("sea").satisfies(levels -> near(levels, 30, 80, 130));
    }

    @Test
    void itSaysThatItIsAiGenerated() throws IOException {
        byte[] file = Thumbnail.webp(Clip.plain(33, 21, 200, 20, 20), 256, GenerationParameters.XMP);

        ByteBuffer chunks = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(chunks.getInt(4)).as("the length that it declares").isEqualTo(file.length - 8);
        List<String> types = new ArrayList<>();
        String xmp = "";
        for (int at = 12; at < file.length; at += 8 + chunks.getInt(at + 4) + chunks.getInt(at + 4) % 2) {
            types.add(new String(file, at, 4, StandardCharsets.US_ASCII));
            xmp = new String(file, at + 8, chunks.getInt(at + 4), StandardCharsets.UTF_8);
        }
        assertThat(types).containsExactly("VP8X", "VP8 ", "XMP ");
        assertThat(xmp).isEqualTo(GenerationParameters.XMP).contains("trainedAlgorithmicMedia");
    }

    @Test
    void aSmallPictureKeepsItsSize() throws IOException {
        RgbImage read = ImageFile.read(Thumbnail.webp(Clip.plain(33, 21, 200, 20, 20), 256, "x"));

        assertThat(read.width()).isEqualTo(33);
        assertThat(read.height()).isEqualTo(21);
    }

    private static int[] pixel(RgbImage image, int x, int y) {
        int place = 3 * (y * image.width() + x);
        return new int[] {image.rgb()[place] & 0xff, image.rgb()[place + 1] & 0xff, image.rgb()[place + 2] & 0xff};
    }

    private static void near(int[] levels, int... expected) {
        for (int channel = 0; channel < 3; channel++) {
            assertThat(levels[channel]).isCloseTo(expected[channel], within(4));
        }
    }
}
