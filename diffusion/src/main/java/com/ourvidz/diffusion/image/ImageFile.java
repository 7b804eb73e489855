package com.ourvidz.diffusion.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads pictures of any format that the JDK, or a plug-in for its {@code javax.imageio} on the class path, reads: JPEG and PNG at least. The
 * format is told by the content. Of an animation the first picture counts.
 */
public final class ImageFile {

    /** A small file can stand for a picture that no memory holds; this many pixels take 192 MB. */
    private static final long MOST_PIXELS = 64_000_000;

    private ImageFile() {}

    /**
     * Reads a picture as it is to be seen: a JPEG is turned as its EXIF orientation says, and transparency is taken for black.
     *
     * @param file the whole file
     * @throws IOException when it is no picture, damaged, of a kind that is not supported, or of more than 64 megapixels; the message says
     *     which
     */
    public static RgbImage read(byte[] file) throws IOException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IIOException("it is not of a format that is read here, such as JPEG or PNG");
            }
            return Orientation.of(file).turn(rgb(decode(readers.next(), in)));
        } catch (RuntimeException e) { // what the JDK's readers throw at some damaged files
            throw new IIOException("it is damaged: " + e, e);
        }
    }

    private static BufferedImage decode(ImageReader reader, ImageInputStream in) throws IOException {
        try {
            reader.setInput(in, true, true);
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            if (pixels > MOST_PIXELS) {
                throw new IIOException("it has " + pixels + " pixels, more than " + MOST_PIXELS);
            }
            return reader.read(0);
        } finally {
            reader.dispose();
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
