package com.ourvidz.diffusion.image;

/**
 * Resizing by Lanczos' filter of three lobes, each channel as its levels are, rows first and then columns, rounded to levels after each. A
 * picture that gets smaller is filtered over as many more pixels, so that nothing aliases: the way of Pillow's {@code Image.resize}.
 */
final class Lanczos {

    private static final int LOBES = 3;
    private static final int CHANNELS = 3;
    private static final int LARGEST = 255;

    private Lanczos() {}

    static RgbImage resize(RgbImage image, int width, int height) {
        byte[] rows = stretch(image.rgb(), image.height(), image.width(), CHANNELS, width);
        return new RgbImage(width, height, stretch(rows, 1, image.height(), CHANNELS * width, height));
    }

    /**
     * Resizes the middle dimension of (lines, from, samples) to {@code to}. For rows a line is one of them and the samples are the channels;
     * for columns the only line is the picture and the samples are a row.
     */
    private static byte[] stretch(byte[] levels, int lines, int from, int samples, int to) {
        byte[] stretched = new byte[Math.multiplyExact(lines * to, samples)];
        for (int i = 0; i < to; i++) {
            Window window = Window.of(i, from, to);
            for (int line = 0; line < lines; line++) {
                window.apply(levels, line * from * samples, stretched, (line * to + i) * samples, samples);
            }
        }
        return stretched;
    }

    /** What one new pixel is made of: the weights of {@code first} and those after it, which add up to 1. */
    @SuppressWarnings("ArrayRecordComponent") // seen by nobody else
    private record Window(int first, double[] weights) {

        static Window of(int pixel, int from, int to) {
            double scale = (double) from / to;
            double spread = Math.max(scale, 1); // how much wider the filter is than between neighbours
            double centre = (pixel + 0.5) * scale;
            int first = Math.max((int) (centre - LOBES * spread + 0.5), 0);
            int end = Math.min((int) (centre + LOBES * spread + 0.5), from);
            double[] weights = new double[end - first];
            double sum = 0;
            for (int k = 0; k < weights.length; k++) {
                weights[k] = lanczos((first + k + 0.5 - centre) / spread);
                sum += weights[k];
            }
            for (int k = 0; k < weights.length; k++) {
                weights[k] /= sum;
            }
            return new Window(first, weights);
        }

        void apply(byte[] levels, int line, byte[] result, int place, int samples) {
            for (int sample = 0; sample < samples; sample++) {
                double level = 0.5; // rounds
                for (int k = 0; k < weights.length; k++) {
                    level += weights[k] * (levels[line + (first + k) * samples + sample] & 0xff);
                }
                result[place + sample] = (byte) Math.clamp((long) level, 0, LARGEST);
            }
        }
    }

    private static double lanczos(double x) {
        return Math.abs(x) < LOBES ? sinc(x) * sinc(x / LOBES) : 0;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }
}
