package com.ourvidz.core.reference;

/** A picture in the form that the platform keeps: upright, RGB, PNG, without metadata; and a small copy of it. */
public final class Picture {

    private final int width;
    private final int height;
    private final byte[] png;
    private final byte[] thumbnail;

    /**
     * A picture; the arrays are not copied.
     *
     * @param width pixels
     * @param height pixels
     * @param thumbnail the same picture with its longest edge at most 256 pixels
     */
    public Picture(int width, int height, byte[] png, byte[] thumbnail) {
        this.width = width;
        this.height = height;
        this.png = png;
        this.thumbnail = thumbnail;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    public byte[] png() {
        return png;
    }

    public byte[] thumbnail() {
        return thumbnail;
    }
}
