package com.ourvidz.diffusion.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RgbImageTest {

    @Test
    void aPictureThatFitsAlreadyStaysAsItIs() {
        RgbImage image = gradient(37, 23);
        assertThat(image.fitted(37, 23).rgb()).isEqualTo(image.rgb());
    }

    @ParameterizedTest
    @CsvSource({
        "200, 100, 0, 16, 64, 32", // bars above and below
        "100, 200, 16, 0, 32, 64", // bars at the sides
        "10, 5, 0, 16, 64, 32", // made larger
        "64, 32, 0, 16, 64, 32", // not resized
        "1000, 1, 0, 31, 64, 1" // never less than a pixel
    })
    void theWholePictureIsCentredOnBlack(int width, int height, int left, int top, int fitWidth, int fitHeight) {
        RgbImage fitted = filled(width, height, 200).fitted(64, 64);
        assertThat(fitted.width()).isEqualTo(64);
        assertThat(fitted.height()).isEqualTo(64);
        for (int y = 0; y < 64; y++) {
            for (int x = 0; x < 64; x++) {
                boolean inside = x >= left && x < left + fitWidth && y >= top && y < top + fitHeight;
                assertThat(level(fitted, x, y, 1)).as(x + ", " + y).isEqualTo(inside ? 200 : 0);
            }
        }
    }

    @Test
    void aPointBetweenTwoPixelsIsWeightedByLanczosFilter() {
        byte[] step = new byte[3 * 12];
        Arrays.fill(step, 3 * 6, 3 * 12, (byte) 200);
        int[] expected = new int[24];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = level(filtered((i + 0.5) / 2));
        }
        RgbImage larger = Lanczos.resize(new RgbImage(12, 1, step), 24, 1);
        for (int i = 0; i < expected.length; i++) {
            assertThat(level(larger, i, 0, 0)).as("pixel " + i).isEqualTo(expected[i]);
        }
        assertThat(expected).contains(0, 200);
        assertThat(Arrays.stream(expected).max().orElseThrow()).as("overshoot").isGreaterThan(200);
    }

    @Test
    void whatIsFinerThanTheNewPixelsBecomesItsMean() {
        byte[] board = new byte[3 * 128 * 128];
        for (int i = 0; i < board.length; i++) {
            int pixel = i / 3;
            board[i] = (byte) ((pixel + pixel / 128) % 2 == 0 ? 0 : 200);
        }
        RgbImage small = new RgbImage(128, 128, board).fitted(16, 16);
        for (int x = 2; x < 14; x++) {
            assertThat(level(small, x, 8, 0)).as("pixel " + x).isBetween(99, 101);
        }
    }

    @Test
    void channelsDoNotMixAndRowsDoNotTurnIntoColumns() {
        RgbImage small = gradient(120, 60).fitted(60, 30);
        assertThat(level(small, 30, 15, 0)).isBetween(60, 62); // red grows by one a column: 2 x 30 and a half
        assertThat(level(small, 30, 15, 1)).isBetween(30, 32); // green by one a row
        assertThat(level(small, 30, 15, 2)).isEqualTo(7);
    }

    @Test
    void bytesThatAreNotOfItsSizeAreRefused() {
        assertThatThrownBy(() -> new RgbImage(2, 2, new byte[11]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("11 bytes")
                .hasMessageContaining("2x2");
    }

    /** The sum that the filter stands for, written down plainly. */
    private static double filtered(double centre) {
        double sum = 0;
        double weights = 0;
        for (int pixel = 0; pixel < 12; pixel++) {
            double x = Math.abs(pixel + 0.5 - centre);
            double weight =
                    x >= 3 ? 0 : 3 * Math.sin(Math.PI * x) * Math.sin(Math.PI * x / 3) / (Math.PI * Math.PI * x * x);
            weights += weight;
            sum += pixel < 6 ? 0 : 200 * weight;
        }
        return sum / weights;
    }

    private static int level(double value) {
        return (int) Math.clamp(Math.floor(value + 0.5), 0, 255);
    }

    private static int level(RgbImage image, int x, int y, int channel) {
        return image.rgb()[3 * (y * image.width() + x) + channel] & 0xff;
    }

    private static RgbImage filled(int width, int height, int level) {
        byte[] rgb = new byte[3 * width * height];
        Arrays.fill(rgb, (byte) level);
        return new RgbImage(width, height, rgb);
    }

    private static RgbImage gradient(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int pixel = 0; pixel < width * height; pixel++) {
            rgb[3 * pixel] = (byte) (pixel % width);
            rgb[3 * pixel + 1] = (byte) (pixel / width);
            rgb[3 * pixel + 2] = 7;
        }
        return new RgbImage(width, height, rgb);
    }
}
