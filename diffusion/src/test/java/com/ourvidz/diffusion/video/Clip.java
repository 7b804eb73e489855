package com.ourvidz.diffusion.video;

import com.ourvidz.diffusion.image.RgbImage;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Frames made as they are asked for. */
final class Clip {

    private static final int[] SKY = {120, 180, 235};
    private static final int[] SEA = {30, 80, 130};
    private static final int[] SAIL = {240, 235, 220};

    private Clip() {}

    /** A white sail that crosses the sea. */
    static Iterable<RgbImage> sail(int frames, int width, int height) {
        return () -> IntStream.range(0, frames)
                .mapToObj(frame -> sailAt((double) frame / frames, width, height))
                .iterator();
    }

    static RgbImage sailAt(double place, int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double fromMast = x - place * width;
                boolean sail = y > height / 4 && y < height / 2 && fromMast > 0 && fromMast < (y - height / 4.0) / 2;
                put(sail ? SAIL : y < height / 2 ? SKY : SEA, rgb, 3 * (y * width + x));
            }
        }
        return new RgbImage(width, height, rgb);
    }

    /** The least that can be compressed. */
    static Iterable<RgbImage> noise(int frames, int width, int height) {
        return () -> {
            Random random = new Random(7);
            return IntStream.range(0, frames)
                    .mapToObj(frame -> noise(random, width, height))
                    .iterator();
        };
    }

    private static RgbImage noise(Random random, int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        random.nextBytes(rgb);
        return new RgbImage(width, height, rgb);
    }

    static RgbImage plain(int width, int height, int... colour) {
        byte[] rgb = new byte[3 * width * height];
        for (int pixel = 0; pixel < width * height; pixel++) {
            put(colour, rgb, 3 * pixel);
        }
        return new RgbImage(width, height, rgb);
    }

    /** The frames, and then what a decoder does whose weights are damaged. */
    static Iterable<RgbImage> breaking(List<RgbImage> frames) {
        return () -> {
            Iterator<RgbImage> good = frames.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public RgbImage next() {
                    if (!good.hasNext()) {
                        throw new IllegalStateException("not finite");
                    }
                    return good.next();
                }
            };
        };
    }

    private static void put(int[] colour, byte[] rgb, int place) {
        for (int channel = 0; channel < 3; channel++) {
            rgb[place + channel] = (byte) colour[channel];
        }
    }
}
