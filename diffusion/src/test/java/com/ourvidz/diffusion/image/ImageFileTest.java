package com.ourvidz.diffusion.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFileTest {

    /** Corners of a picture, clockwise from the upper left. */
    private static final List<String> CORNERS = List.of("red", "green", "blue", "white");

    @Test
    void aPngComesBackToTheByte() throws IOException {
        byte[] rgb = {1, 2, 3, (byte) 255, -128, 0};
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        Png.write(file, rgb, 2, 1, Map.of());
        assertThat(ImageFile.read(file.toByteArray()).rgb()).isEqualTo(rgb);
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
    void greyKeepsItsLevel(int type) throws IOException {
        BufferedImage grey = new BufferedImage(1, 1, type);
        grey.getRaster().setSample(0, 0, 0, type == BufferedImage.TYPE_BYTE_GRAY ? 100 : 100 << 8);
        assertThat(ImageFile.read(encoded(grey, "png")).rgb()).containsExactly(new byte[] {100, 100, 100});
    }

    @Test
    void transparencyIsBlack() throws IOException {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00ffffff);
        image.setRGB(1, 0, 0x80ffffff);
        image.setRGB(2, 0, 0xffffffff);
        RgbImage read = ImageFile.read(encoded(image, "png"));
        assertThat(read.rgb()).containsExactly(new int[] {0, 0, 0, 128, 128, 128, 255, 255, 255});
    }

    /** What a viewer shows of a picture that is stored with its corners red, green, blue, white. */
    @ParameterizedTest
    @CsvSource({
        "1, red green blue white",
        "2, green red white blue",
        "3, blue white red green",
        "4, white blue green red",
        "5, red white blue green",
        "6, white red green blue",
        "7, blue green red white",
        "8, green blue white red"
    })
    void aJpegIsTurnedAsItsOrientationSays(int orientation, String corners) throws IOException {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            RgbImage seen = ImageFile.read(withExif(encoded(corners(32, 16), "jpg"), tiff(order, orientation)));
            assertThat(seen.width()).isEqualTo(orientation < 5 ? 32 : 16);
            assertThat(seen.height()).isEqualTo(orientation < 5 ? 16 : 32);
            assertThat(cornersOf(seen)).isEqualTo(corners);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lossless.webp", "lossy.webp", "animated.webp", "corners-cmyk.jpg"})
    void webpAndJpegInCmykAreRead(String name) throws IOException {
        RgbImage seen = ImageFile.read(picture(name));
        assertThat(List.of(seen.width(), seen.height())).containsExactly(32, 16);
        assertThat(cornersOf(seen)).isEqualTo("red green blue white");
    }

    @ParameterizedTest
    @ValueSource(strings = {"turned.webp", "turned.png"})
    void webpAndPngAreTurnedAsTheirOrientationSays(String name) throws IOException {
        RgbImage seen = ImageFile.read(picture(name));
        assertThat(List.of(seen.width(), seen.height())).containsExactly(16, 32);
        assertThat(cornersOf(seen)).isEqualTo("white red green blue");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alpha-lossless.webp", "alpha-lossy.webp"})
    void theTransparencyOfWebpIsBlack(String name) throws IOException {
        RgbImage seen = ImageFile.read(picture(name)); // its red corner is half transparent
        assertThat(seen.rgb()[3 * (2 * 32 + 2)] & 0xff).isBetween(126, 130);
        assertThat(seen.rgb()[3 * (13 * 32 + 2)] & 0xff).isBetween(250, 255);
    }

    @Test
    void damagedChunksOfAWebpOrPngLeaveThePictureAsStoredOrAreRefused() throws IOException {
        for (String name : List.of("turned.webp", "turned.png")) {
            byte[] file = picture(name);
            for (int place = 8; place < file.length; place++) {
                for (int bit = 0; bit < 8; bit++) {
                    byte[] damaged = file.clone();
                    damaged[place] ^= (byte) (1 << bit);
                    assertReadOrRefused(damaged);
                }
            }
        }
    }

    @Test
    void aPictureOfManyPixelsComesInHalfItsWidthAndHeight() throws IOException {
        RgbImage seen = ImageFile.read(encoded(corners(8_000, 2_002), "png"));
        assertThat(List.of(seen.width(), seen.height())).containsExactly(4_000, 1_001);
        assertThat(cornersOf(seen)).isEqualTo("red green blue white");
    }

    @Test
    void damagedExifDataLeaveThePictureAsStored() throws IOException {
        byte[] jpeg = encoded(corners(32, 16), "jpg");
        byte[] tiff = tiff(ByteOrder.BIG_ENDIAN, 6);
        for (int length = 0; length < tiff.length - 4; length++) {
            RgbImage seen = ImageFile.read(withExif(jpeg, Arrays.copyOf(tiff, length)));
            assertThat(seen.width()).as(length + " bytes of EXIF data").isIn(16, 32);
        }
        byte[] elsewhere = tiff.clone();
        Arrays.fill(elsewhere, 4, 8, (byte) 0xff);
        assertThat(cornersOf(ImageFile.read(withExif(jpeg, elsewhere)))).isEqualTo("red green blue white");
        assertThat(cornersOf(ImageFile.read(withExif(jpeg, tiff(ByteOrder.BIG_ENDIAN, 9)))))
                .isEqualTo("red green blue white");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not a picture at all"})
    void whatIsNoPictureIsRefused(String content) {
        assertThatThrownBy(() -> ImageFile.read(content.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("JPEG, PNG or WebP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "lossless.webp", "lossy.webp", "alpha-lossy.webp"})
    void aFileThatIsCutOffAnywhereIsReadOrRefusedButNothingElse(String format) throws IOException {
        byte[] file = format.endsWith("webp") ? picture(format) : encoded(corners(16, 16), format);
        int refused = 0;
        for (int length = 0; length < file.length; length++) {
            refused += assertReadOrRefused(Arrays.copyOf(file, length)) ? 0 : 1;
        }
        assertThat(refused).isPositive();
    }

    private static boolean assertReadOrRefused(byte[] file) {
        try {
            assertThat(ImageFile.read(file).width()).isPositive();
            return true;
        } catch (IOException e) {
            assertThat(e).message().isNotBlank();
            return false;
        }
    }

    @Test
    void morePixelsThanMemoryHoldsAreRefusedBeforeTheyAreDecoded() throws IOException {
        assertThatThrownBy(() -> ImageFile.read(pngHeader(100_000, 100_000)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("10000000000 pixels");
    }

    @Test
    void aWebpThatTakesMoreMemoryThanThereIsIsRefusedBeforeItIsDecoded() {
        assertThatThrownBy(() -> ImageFile.read(webpHeader(8_000, 8_000)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("64000000 pixels, more than there is memory for");
    }

    private static byte[] picture(String name) throws IOException {
        try (InputStream file = ImageFileTest.class.getResourceAsStream("/pictures/" + name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        }
    }

    /** The first frame of VP8, without its data. */
    private static byte[] webpHeader(int width, int height) {
        ByteBuffer file = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(56);
        file.put("WEBPVP8 ".getBytes(StandardCharsets.US_ASCII)).putInt(44);
        file.put(new byte[] {0x10, 0, 0, (byte) 0x9d, 1, 0x2a});
        return file.putShort((short) width).putShort((short) height).array();
    }

    private static BufferedImage corners(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean left = x < width / 2;
                boolean top = y < height / 2;
                image.setRGB(x, y, top ? (left ? 0xff0000 : 0x00ff00) : (left ? 0xffffff : 0x0000ff));
            }
        }
        return image;
    }

    private static String cornersOf(RgbImage image) {
        int right = image.width() - 3;
        int bottom = image.height() - 3;
        return String.join(
                " ",
                colour(image, 2, 2),
                colour(image, right, 2),
                colour(image, right, bottom),
                colour(image, 2, bottom));
    }

    private static String colour(RgbImage image, int x, int y) {
        int place = 3 * (y * image.width() + x);
        boolean red = (image.rgb()[place] & 0xff) > 128;
        boolean green = (image.rgb()[place + 1] & 0xff) > 128;
        return CORNERS.get(red ? (green ? 3 : 0) : green ? 1 : 2);
    }

    private static byte[] encoded(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, file)).isTrue();
        return file.toByteArray();
    }

    /** With an APP1 segment behind the start of the image. */
    private static byte[] withExif(byte[] jpeg, byte[] tiff) {
        ByteBuffer file = ByteBuffer.allocate(jpeg.length + 10 + tiff.length);
        file.put(jpeg, 0, 2).putShort((short) 0xffe1).putShort((short) (8 + tiff.length));
        file.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(tiff);
        return file.put(jpeg, 2, jpeg.length - 2).array();
    }

    /** A directory of two entries: the picture's width, and the orientation. */
    private static byte[] tiff(ByteOrder order, int orientation) {
        ByteBuffer tiff = ByteBuffer.allocate(8 + 2 + 2 * 12 + 4).order(order);
        tiff.put(order == ByteOrder.BIG_ENDIAN ? new byte[] {'M', 'M'} : new byte[] {'I', 'I'});
        tiff.putShort((short) 42).putInt(8).putShort((short) 2);
        tiff.putShort((short) 0x0100)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) 32)
                .putShort((short) 0);
        tiff.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        return tiff.array();
    }

    private static byte[] pngHeader(int width, int height) throws IOException {
        byte[] header = ByteBuffer.allocate(17)
                .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        CRC32 crc = new CRC32();
        crc.update(header);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(file);
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        out.writeInt(13);
        out.write(header);
        out.writeInt((int) crc.getValue());
        out.writeInt(0);
        out.write("IDAT".getBytes(StandardCharsets.US_ASCII));
        out.writeInt(0);
        return file.toByteArray();
    }
}
