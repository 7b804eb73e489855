package com.ourvidz.adapters.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.ourvidz.core.Rejection;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageIoPicturesTest {

    /** 4x2: the first pixel red, the last blue. */
    private static final byte[] WEBP =
            Base64.getDecoder().decode("UklGRiQAAABXRUJQVlA4TBgAAAAvA0AAABcQ8y8gKPJ/tPkP2uACQBH9DwE=");
    /** The same, and EXIF says that it is to be turned to the right. */
    private static final byte[] WEBP_TURNED = Base64.getDecoder()
            .decode(
                    "UklGRlgAAABXRUJQVlA4WAoAAAAIAAAAAwAAAQAAVlA4TBgAAAAvA0AAABcQ8y8gKPJ/tPkP2uACQBH9DwFFWElGGgAAAE1NACoAAAAIAAEBEgADAAAAAQAGAAAAAAAA");
    /** 16x16 of one brown, lossy. */
    private static final byte[] WEBP_LOSSY = Base64.getDecoder()
            .decode("UklGRjoAAABXRUJQVlA4IC4AAADwAQCdASoQABAAAUAmJaACdLoB+AAEyAAA/q4X/zYEDND6YP/SbPE2eJs+OYAA");

    private final ImageIoPictures pictures = new ImageIoPictures();

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg"})
    void whatIsReadIsAnRgbPngOfTheSamePicture(String format) throws IOException {
        var picture = pictures.read(written(plain(40, 30), format));

        assertThat(picture.width()).isEqualTo(40);
        assertThat(picture.height()).isEqualTo(30);
        var image = image(picture.png());
        assertThat(image.getColorModel().getNumComponents()).isEqualTo(3);
        assertClose(new Color(image.getRGB(20, 15)), Color.ORANGE);
    }

    @Test
    void webpIsRead() throws IOException {
        var lossless = image(pictures.read(WEBP).png());
        assertThat(new Color(lossless.getRGB(0, 0))).isEqualTo(Color.RED);
        assertThat(new Color(lossless.getRGB(3, 1))).isEqualTo(Color.BLUE);
        assertClose(new Color(image(pictures.read(WEBP_LOSSY).png()).getRGB(8, 8)), new Color(200, 100, 50));
    }

    /** The corner of a 3x2 picture at which the first pixel is to be seen. */
    @ParameterizedTest
    @CsvSource({
        "1, 3, 2, 0, 0",
        "2, 3, 2, 2, 0",
        "3, 3, 2, 2, 1",
        "4, 3, 2, 0, 1",
        "5, 2, 3, 0, 0",
        "6, 2, 3, 1, 0",
        "7, 2, 3, 1, 2",
        "8, 2, 3, 0, 2"
    })
    void aCamerasOrientationIsApplied(int orientation, int width, int height, int x, int y) throws IOException {
        var stored = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
        stored.setRGB(0, 0, 0xff0000);

        var seen = image(
                pictures.read(withExif(written(stored, "png"), orientation)).png());

        assertThat(seen.getWidth()).isEqualTo(width);
        assertThat(seen.getHeight()).isEqualTo(height);
        assertThat(new Color(seen.getRGB(x, y))).isEqualTo(Color.RED);
    }

    @Test
    void aWebpOfTwelveMegapixelsIsReadAndKeptSmaller() throws IOException {
        try (var file = ImageIoPicturesTest.class.getResourceAsStream("/12-megapixels.webp")) {
            var read = pictures.read(file.readAllBytes());
            assertThat(read.width()).isEqualTo(2000);
            assertThat(read.height()).isEqualTo(1500);
            assertClose(new Color(image(read.png()).getRGB(1000, 750)), new Color(200, 100, 50));
        }
    }

    @Test
    void aWebpMayHaveAsManyPixelsAsTheHeapCanDecode() {
        assertThat(ImageIoPictures.mostWebpPixels(1L << 30)).isBetween(24_000_000L, 30_000_000L);
        assertThat(ImageIoPictures.mostWebpPixels(16L << 30)).isEqualTo(64_000_000);
    }

    @Test
    void anOrientationIsFoundInJpegAndWebpToo() throws IOException {
        var jpeg = written(plain(40, 30), "jpeg");
        var exif = exif(6);
        var segment = ByteBuffer.allocate(2 + 2 + 6 + exif.length)
                .putShort((short) 0xffe1)
                .putShort((short) (2 + 6 + exif.length))
                .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
                .put(exif)
                .array();
        assertThat(pictures.read(joined(Arrays.copyOf(jpeg, 2), segment, Arrays.copyOfRange(jpeg, 2, jpeg.length)))
                        .width())
                .isEqualTo(30);
        var turned = image(pictures.read(WEBP_TURNED).png());
        assertThat(turned.getWidth()).isEqualTo(2);
        assertThat(new Color(turned.getRGB(1, 0))).isEqualTo(Color.RED);
    }

    @Test
    void line32MetadataAreGone() throws IOException {
        var png = written(plain(40, 30), "png");
        var secret = "GPS 59.91 N 10.75 E".getBytes(StandardCharsets.US_ASCII);
        var file = withChunk(
                withChunk(png, "tEXt", joined("place\0".getBytes(StandardCharsets.US_ASCII), secret)),
                "eXIf",
                joined(exif(1), secret));

        assertThat(text(file)).contains("GPS 59.91");
        assertThat(text(pictures.read(file).png())).doesNotContain("GPS", "eXIf", "tEXt");
    }

    @Test
    void line30WhatFollowsThePictureIsGone() throws IOException {
        var script = "<script>alert(1)</script>".getBytes(StandardCharsets.US_ASCII);
        for (var format : new String[] {"png", "jpeg"}) {
            assertThat(text(pictures.read(joined(written(plain(40, 30), format), script))
                            .png()))
                    .doesNotContain("script");
        }
    }

    @Test
    void theSamePictureGivesTheSameBytesWhateverItsMetadata() throws IOException {
        var png = written(plain(40, 30), "png");
        var commented = withChunk(png, "tEXt", "Comment\0fox".getBytes(StandardCharsets.US_ASCII));

        assertThat(pictures.read(png).png()).isEqualTo(pictures.read(commented).png());
    }

    @Test
    void transparencyIsTakenForBlack() throws IOException {
        var half = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        half.setRGB(0, 0, 0x80ffffff);

        var read = image(pictures.read(written(half, "png")).png());

        assertThat(read.getRGB(0, 0) & 0xffffff).isEqualTo(0x808080);
        assertThat(read.getRGB(1, 0) & 0xffffff).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
    void greyStaysAsGreyAsItWas(int type) throws IOException {
        var grey = new BufferedImage(1, 1, type);
        grey.getRaster().setSample(0, 0, 0, type == BufferedImage.TYPE_BYTE_GRAY ? 100 : 100 << 8);

        assertThat(image(pictures.read(written(grey, "png")).png()).getRGB(0, 0) & 0xffffff)
                .isEqualTo(0x646464);
    }

    @Test
    void aThumbnailsLongestEdgeIs256() throws IOException {
        var thumbnail = image(pictures.read(written(plain(2001, 1000), "png")).thumbnail());

        assertThat(thumbnail.getWidth()).isEqualTo(256);
        assertThat(thumbnail.getHeight()).isEqualTo(128);
        assertClose(new Color(thumbnail.getRGB(128, 64)), Color.ORANGE);
        assertThat(image(pictures.read(written(plain(40, 30), "png")).thumbnail())
                        .getWidth())
                .isEqualTo(40);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GIF89a\1\0\1\0",
                "GIF87a",
                "II*\0\b\0\0\0",
                "MM\0*\0\0\0\b",
                "BM",
                "8BPS\0\1",
                "\0\0\0 ftypheic",
                "\0\0\0 ftypavif",
                "<svg xmlns='http://www.w3.org/2000/svg'/>",
                "<?xml version='1.0'?>\n<!-- a -->\n<SVG>",
                "\0\0\0\fjP  \r\n"
            })
    void line29PicturesOfOtherKindsAreRefusedByTheirContent(String head) {
        var file = Arrays.copyOf(head.getBytes(StandardCharsets.ISO_8859_1), 600);

        assertRefused(file, Rejection.Reason.WRONG_MEDIA_TYPE);
    }

    @Test
    void line31WhatIsNoPictureOrIsTruncatedIsRefused() throws IOException {
        assertRefused(new byte[0], Rejection.Reason.INVALID);
        assertRefused("a fox in snow".getBytes(StandardCharsets.US_ASCII), Rejection.Reason.INVALID);
        assertRefused("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1), Rejection.Reason.INVALID);
        for (var whole :
                new byte[][] {written(noise(64, 64), "png"), written(noise(64, 64), "jpeg"), WEBP, WEBP_LOSSY}) {
            for (var part : new double[] {0.1, 0.5, 0.9}) {
                assertRefused(Arrays.copyOf(whole, (int) (whole.length * part)), Rejection.Reason.INVALID);
            }
        }
    }

    @Test
    void line28ATinyFileThatDeclaresAHugePictureIsRefusedBeforeItIsDecoded() {
        var bomb = png(16_384, 16_384, new byte[0]);
        assertThat(bomb).hasSizeLessThan(69);
        var memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        assertRefused(bomb, Rejection.Reason.INVALID); // with all classes loaded
        var before = memory.getCurrentThreadAllocatedBytes();

        assertRefused(bomb, Rejection.Reason.INVALID);

        assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000_000);
    }

    /** 64 megapixels of 16 bits and four channels are 512 MB: more than the tests' memory has room for beside the rest. */
    @Test
    void aPictureOf64MegapixelsIsReadInBoundedMemory() throws IOException {
        var memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        var file = png(8_000, 8_000, zeros(8_000 * (1 + 8_000L * 8)));
        var before = memory.getCurrentThreadAllocatedBytes();

        var picture = pictures.read(file);

        assertThat(picture.width()).isEqualTo(2_667);
        assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(300_000_000);
        assertRefused(png(8_001, 8_000, new byte[0]), Rejection.Reason.INVALID);
    }

    private void assertRefused(byte[] file, Rejection.Reason reason) {
        assertThatThrownBy(() -> pictures.read(file))
                .isInstanceOfSatisfying(
                        Rejection.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private static void assertClose(Color actual, Color expected) {
        assertThat(actual.getRed()).isCloseTo(expected.getRed(), within(6));
        assertThat(actual.getGreen()).isCloseTo(expected.getGreen(), within(6));
        assertThat(actual.getBlue()).isCloseTo(expected.getBlue(), within(6));
    }

    private static BufferedImage plain(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (var y = 0; y < height; y++) {
            for (var x = 0; x < width; x++) {
                image.setRGB(x, y, Color.ORANGE.getRGB());
            }
        }
        return image;
    }

    private static BufferedImage noise(int width, int height) {
        var image = plain(width, height);
        for (var y = 0; y < height; y++) {
            for (var x = 0; x < width; x++) {
                image.setRGB(x, y, (x * 7919 + y * 104_729) * 31);
            }
        }
        return image;
    }

    private static byte[] written(BufferedImage image, String format) throws IOException {
        var bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    private static BufferedImage image(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1);
    }

    /** The EXIF data of an orientation: a TIFF header and a directory of one entry. */
    private static byte[] exif(int orientation) {
        return ByteBuffer.allocate(26)
                .put("MM\0*".getBytes(StandardCharsets.US_ASCII))
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .array();
    }

    private static byte[] withExif(byte[] png, int orientation) {
        return withChunk(png, "eXIf", exif(orientation));
    }

    /** The PNG with a chunk after its header, which ends at byte 33. */
    private static byte[] withChunk(byte[] png, String type, byte[] data) {
        return joined(Arrays.copyOf(png, 33), chunk(type, data), Arrays.copyOfRange(png, 33, png.length));
    }

    private static byte[] chunk(String type, byte[] data) {
        var named = joined(type.getBytes(StandardCharsets.US_ASCII), data);
        var checksum = new CRC32();
        checksum.update(named);
        return ByteBuffer.allocate(8 + named.length)
                .putInt(data.length)
                .put(named)
                .putInt((int) checksum.getValue())
                .array();
    }

    /** A PNG of 16 bits and four channels that says it has this size. */
    private static byte[] png(int width, int height, byte[] deflated) {
        var header = ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {16, 6, 0, 0, 0});
        return joined(
                "\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1),
                chunk("IHDR", header.array()),
                chunk("IDAT", deflated),
                chunk("IEND", new byte[0]));
    }

    private static byte[] zeros(long count) {
        var deflater = new Deflater();
        var out = new ByteArrayOutputStream();
        var buffer = new byte[1 << 16];
        for (var left = count; left > 0; left -= buffer.length) {
            deflater.setInput(new byte[(int) Math.min(left, buffer.length)]);
            for (int length; (length = deflater.deflate(buffer)) > 0; ) {
                out.write(buffer, 0, length);
            }
        }
        deflater.finish();
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        var bytes = new ByteArrayOutputStream();
        for (var part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }
}
