package com.ourvidz.diffusion.image;

/**
 * A picture in 8-bit sRGB.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param rgb {@code height * width * 3} bytes: rows from the top, red, green and blue of each pixel
 */
@SuppressWarnings("ArrayRecordComponent") // a picture is not compared, and a copy would be megabytes
public record RgbImage(int width, int height, byte[] rgb) {

    public RgbImage {
        if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    rgb.length + " bytes are not a picture of " + width + "x" + height + " pixels of three bytes");
        }
    }

    /**
     * The whole picture as large as it fits into {@code width} x {@code height} with its aspect ratio kept, made smaller or larger by Lanczos'
     * filter, centred on black. One of that size already stays as it is.
     */
    public RgbImage fitted(int width, int height) {
        double factor = Math.min((double) width / this.width, (double) height / this.height);
        int fittedWidth = Math.clamp(Math.round(this.width * factor), 1, width);
        int fittedHeight = Math.clamp(Math.round(this.height * factor), 1, height);
        return Lanczos.resize(this, fittedWidth, fittedHeight).centred(width, height);
    }

    /** The whole picture with its longest edge of at most so many pixels and its aspect ratio kept; one that is not larger stays as it is. */
    public RgbImage within(int longestEdge) {
        double factor = (double) longestEdge / Math.max(width, height);
        if (factor >= 1) {
            return this;
        }
        int smallerWidth = Math.max((int) Math.round(width * factor), 1);
        int smallerHeight = Math.max((int) Math.round(height * factor), 1);
        return Lanczos.resize(this, smallerWidth, smallerHeight);
    }

    private RgbImage centred(int outerWidth, int outerHeight) {
        byte[] outer = new byte[3 * outerWidth * outerHeight];
        int left = (outerWidth - width) / 2;
        int top = (outerHeight - height) / 2;
        for (int row = 0; row < height; row++) {
            System.arraycopy(rgb, 3 * row * width, outer, 3 * ((top + row) * outerWidth + left), 3 * width);
        }
        return new RgbImage(outerWidth, outerHeight, outer);
    }
}
