package com.ourvidz.adapters.image;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** What is done to decoded pixels: into RGB, upright, small, and out as PNG. */
final class Pixels {

    private Pixels() {}

    /**
     * The picture in RGB, transparency over black, as it is to be seen.
     *
     * @param orientation of EXIF, 1 to 8: which corner the first pixel belongs to
     */
    static BufferedImage upright(BufferedImage stored, int orientation) {
        var turned = orientation >= 5;
        var width = turned ? stored.getHeight() : stored.getWidth();
        var height = turned ? stored.getWidth() : stored.getHeight();
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var row = new int[stored.getWidth()];
        for (var y = 0; y < stored.getHeight(); y++) {
            readRow(stored, y, row);
            for (var x = 0; x < row.length; x++) {
                var right = row.length - 1 - x;
                var bottom = stored.getHeight() - 1 - y;
                var seenX = switch (orientation) {
                    case 2, 3 -> right;
                    case 5, 8 -> y;
                    case 6, 7 -> bottom;
                    default -> x;
                };
                var seenY = switch (orientation) {
                    case 3, 4 -> bottom;
                    case 5, 6 -> x;
                    case 7, 8 -> right;
                    default -> y;
                };
                image.setRGB(seenX, seenY, overBlack(row[x]));
            }
        }
        return image;
    }

    /** The same picture, no edge longer than this. */
    static BufferedImage within(int edge, BufferedImage image) {
        var longest = Math.max(image.getWidth(), image.getHeight());
        if (longest <= edge) {
            return image;
        }
        var source = image;
        while (Math.max(source.getWidth(), source.getHeight()) > 2 * edge) { // so that every pixel counts
            source = scaled(source, Math.max(1, source.getWidth() / 2), Math.max(1, source.getHeight() / 2));
        }
        return scaled(
                source,
                Math.max(1, Math.round((float) image.getWidth() * edge / longest)),
                Math.max(1, Math.round((float) image.getHeight() * edge / longest)));
    }

    static byte[] png(BufferedImage image) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    private static BufferedImage scaled(BufferedImage image, int width, int height) {
        var scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return scaled;
    }

    /** The pixels of a row as {@code 0xAARRGGBB}. */
    private static void readRow(BufferedImage image, int y, int[] row) {
        image.getRGB(0, y, row.length, 1, row, 0, row.length);
        if (image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
            var excess = image.getColorModel().getComponentSize(0) - 8;
            for (var x = 0; x < row.length; x++) { // the JDK takes grey for linear light and would brighten it
                var level = image.getRaster().getSample(x, y, 0) >> excess;
                row[x] = (row[x] & 0xff000000) | 0x010101 * level;
            }
        }
    }

    private static int overBlack(int argb) {
        var alpha = argb >>> 24;
        return channel(argb, 16, alpha) | channel(argb, 8, alpha) | channel(argb, 0, alpha);
    }

    private static int channel(int argb, int shift, int alpha) {
        var level = (argb >> shift) & 0xff;
        return ((level * alpha + 127) / 255) << shift;
    }
}
