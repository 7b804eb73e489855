package com.ourvidz.diffusion.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes JPEG, for pictures that may lose detail and must be small. */
public final class Jpeg {

    private Jpeg() {}

    /** A whole file, in the JDK's usual quality. */
    public static byte[] bytes(RgbImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(buffered(image), "jpeg", out)) {
                throw new IllegalStateException("This Java writes no JPEG");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // into memory
        }
        return bytes.toByteArray();
    }

    private static BufferedImage buffered(RgbImage image) {
        BufferedImage buffered = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        byte[] rgb = image.rgb();
        for (int i = 0; i < image.width() * image.height(); i++) {
            int pixel = ((rgb[3 * i] & 0xff) << 16) | ((rgb[3 * i + 1] & 0xff) << 8) | (rgb[3 * i + 2] & 0xff);
            buffered.setRGB(i % image.width(), i / image.width(), pixel);
        }
        return buffered;
    }
}
