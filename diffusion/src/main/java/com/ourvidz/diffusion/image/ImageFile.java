package com.ourvidz.diffusion.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads JPEG (in CMYK too), PNG and WebP, and what else the JDK reads. The format is told by the content. Of an animation the first picture
 * counts.
 */
public final class ImageFile {

    /** A small file can stand for a picture that no memory holds. */
    private static final long MOST_PIXELS = 64_000_000;

    /** Of a picture with more pixels every second row and column is read: it is going to be made much smaller, and this bounds the memory. */
    private static final long MOST_PIXELS_AT_ONCE = 16_000_000;

    /** What the decoder for WebP holds for a pixel while it decodes, measured, and rounded up. */
    private static final long WEBP_BYTES_A_PIXEL = 40;

    private ImageFile() {}

    /**
     * Reads a picture as it is to be seen: turned as its EXIF orientation says, with transparency taken for black. One of more than 16
     * megapixels comes in half its width and height.
     *
     * @param file the whole file
     * @throws IOException when it is no picture, damaged, of a kind that is not supported, of more than 64 megapixels, or more than there is
     *     memory for; the message says which
     */
    public static RgbImage read(byte[] file) throws IOException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IIOException("it is not of a format that is read here, such as JPEG, PNG or WebP");
            }
            return Orientation.of(file).turn(rgb(decode(readers.next(), in)));
        } catch (EOFException e) {
            throw new IIOException("it ends too early", e);
        } catch (RuntimeException e) { // what readers throw at some damaged files
            throw new IIOException("it is damaged: " + e, e);
        }
    }

    private static BufferedImage decode(ImageReader reader, ImageInputStream in) throws IOException {
        try {
            reader.setInput(in, true, true);
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            requireRoom(pixels, reader);
            ImageReadParam whole = reader.getDefaultReadParam();
            if (pixels > MOST_PIXELS_AT_ONCE) {
                whole.setSourceSubsampling(2, 2, 0, 0);
            }
            return reader.read(0, whole);
        } finally {
            reader.dispose();
        }
    }

    /** A worker that runs out of memory ends, so what would take too much is not tried. */
    private static void requireRoom(long pixels, ImageReader reader) throws IOException {
        if (pixels > MOST_PIXELS) {
            throw new IIOException("it has " + pixels + " pixels, more than " + MOST_PIXELS);
        }
        boolean webp = reader.getFormatName().equalsIgnoreCase("webp");
        if (webp && pixels * WEBP_BYTES_A_PIXEL > Runtime.getRuntime().maxMemory() / 2) {
            throw new IIOException(
                    "it has " + pixels + " pixels, more than there is memory for as WebP; save it as PNG");
        }
    }

    private static RgbImage rgb(BufferedImage image) {
        byte[] rgb = new byte[3 * image.getWidth() * image.getHeight()];
        int[] row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            readRow(image, y, row);
            for (int x = 0; x < row.length; x++) {
                put(row[x], rgb, 3 * (y * row.length + x));
            }
        }
        return new RgbImage(image.getWidth(), image.getHeight(), rgb);
    }

    /** The pixels of a row as {@code 0xAARRGGBB}. */
    private static void readRow(BufferedImage image, int y, int[] row) {
        image.getRGB(0, y, row.length, 1, row, 0, row.length);
        if (image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
            int excess = image.getColorModel().getComponentSize(0) - 8;
            for (int x = 0; x < row.length; x++) { // the JDK takes grey for linear light and would brighten it
                int level = image.getRaster().getSample(x, y, 0) >> excess;
                row[x] = (row[x] & 0xff000000) | 0x010101 * level;
            }
        }
    }

    private static void put(int argb, byte[] rgb, int place) {
        int alpha = argb >>> 24;
        for (int channel = 0; channel < 3; channel++) {
            int level = argb >> (16 - 8 * channel) & 0xff;
            rgb[place + channel] = (byte) ((level * alpha + 127) / 255);
        }
    }
}
