package com.ourvidz.adapters.image;

import com.ourvidz.core.Rejection;
import com.ourvidz.core.reference.Picture;
import com.ourvidz.core.reference.Pictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Pictures through {@code javax.imageio}: JPEG and PNG row by row, WebP as a whole. One is decoded at a time, and each within a bound: how
 * large it is stands in its first bytes, and a large JPEG or PNG is kept at a half, a third and so on of its size.
 */
public final class ImageIoPictures implements Pictures {

    private static final long MOST_PIXELS = 64_000_000;

    /** What is decoded in full. Twice what any model looks at. */
    private static final long KEPT_PIXELS = 8_388_608;

    /** What the decoder for WebP, which cannot leave pixels out, holds for each while it decodes; measured. */
    private static final long WEBP_BYTES_A_PIXEL = 27;

    private static final double MOST_OF_HEAP = 0.7;

    private static final int THUMBNAIL = 256;

    private final Semaphore turn = new Semaphore(1, true);

    @Override
    public Picture read(byte[] file) {
        var format = Format.of(file).orElseThrow(() -> damaged("it is no picture"));
        if (format == Format.OTHER) {
            throw Rejection.of(
                    Rejection.Reason.WRONG_MEDIA_TYPE,
                    "The picture is not of a kind that is taken: send JPEG, PNG or WebP.");
        }
        if (!format.isWhole(file)) {
            throw damaged("it is truncated");
        }
        turn.acquireUninterruptibly();
        try {
            return picture(Pixels.upright(decode(format, file), Exif.orientation(format, file)));
        } catch (IOException | RuntimeException e) { // the latter is what readers throw at some damaged files
            throw e instanceof Rejection refused ? refused : damaged("it is damaged");
        } finally {
            turn.release();
        }
    }

    private static Picture picture(BufferedImage image) throws IOException {
        return new Picture(
                image.getWidth(), image.getHeight(), Pixels.png(image), Pixels.png(Pixels.within(THUMBNAIL, image)));
    }

    private static BufferedImage decode(Format format, byte[] file) throws IOException {
        var reader = ImageIO.getImageReadersByFormatName(format.id()).next();
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, true, true);
            reader.addIIOReadWarningListener((source, warning) -> {
                if (warning.startsWith("Truncated")) { // the reader would paint the rest grey
                    throw new IllegalStateException(warning);
                }
            });
            return read(format, reader);
        } finally {
            reader.dispose();
        }
    }

    private static BufferedImage read(Format format, ImageReader reader) throws IOException {
        var pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels <= 0) {
            throw new IIOException("no pixels");
        }
        requireAtMost(
                format == Format.WEBP ? mostWebpPixels(Runtime.getRuntime().maxMemory()) : MOST_PIXELS, pixels, format);
        var parameters = reader.getDefaultReadParam();
        var step = (int) Math.ceil(Math.sqrt((double) pixels / KEPT_PIXELS));
        if (step > 1) {
            parameters.setSourceSubsampling(step, step, 0, 0);
        }
        return reader.read(0, parameters);
    }

    static long mostWebpPixels(long heap) {
        return Math.min(MOST_PIXELS, (long) (MOST_OF_HEAP * heap) / WEBP_BYTES_A_PIXEL);
    }

    private static void requireAtMost(long most, long pixels, Format format) {
        if (pixels > most) {
            throw Rejection.invalid(
                    "The picture has %d pixels, and a %s may have at most %d.".formatted(pixels, format, most));
        }
    }

    private static Rejection damaged(String why) {
        return Rejection.invalid("The picture cannot be read: " + why + ".")
                .with("suggestedAction", "Send a whole JPEG, PNG or WebP.");
    }
}
