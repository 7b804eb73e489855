package com.ourvidz.diffusion.image;

/**
 * PNG's filter 4: what is left of each byte after guessing it from the same colour in the pixels to the left, above,
 * and above to the left.
 */
final class PaethFilter {

    private static final int TYPE = 4;
    private static final int PIXEL = 3;

    private final byte[] rgb;
    private final int stride;
    private final byte[] filtered;

    /** A filter over rows of {@code stride} bytes, three bytes a pixel. */
    PaethFilter(byte[] rgb, int stride) {
        this.rgb = rgb;
        this.stride = stride;
        this.filtered = new byte[1 + stride];
        filtered[0] = TYPE;
    }

    /** The filter's type and the filtered row; overwritten by the next call. Outside the picture everything is 0. */
    byte[] row(int row) {
        int start = row * stride;
        for (int i = 0; i < stride; i++) {
            int left = i < PIXEL ? 0 : rgb[start + i - PIXEL] & 0xff;
            int above = row == 0 ? 0 : rgb[start + i - stride] & 0xff;
            int aboveLeft = i < PIXEL || row == 0 ? 0 : rgb[start + i - stride - PIXEL] & 0xff;
            filtered[1 + i] = (byte) (rgb[start + i] - guess(left, above, aboveLeft));
        }
        return filtered;
    }

    /** The neighbour nearest to {@code left + above - aboveLeft}. */
    private static int guess(int left, int above, int aboveLeft) {
        int toLeft = Math.abs(above - aboveLeft);
        int toAbove = Math.abs(left - aboveLeft);
        int toAboveLeft = Math.abs(left + above - 2 * aboveLeft);
        if (toLeft <= toAbove && toLeft <= toAboveLeft) {
            return left;
        }
        return toAbove <= toAboveLeft ? above : aboveLeft;
    }
}
