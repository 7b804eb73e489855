package com.ourvidz.diffusion.video;

import java.util.Map;

/**
 * What is in an MP4 file.
 *
 * @param frames how many there are, counted
 * @param width in pixels
 * @param height in pixels
 * @param seconds how long it lasts
 * @param rate frames a second
 * @param codec ffmpeg's name, e.g. {@code h264}
 * @param pixelFormat ffmpeg's name, e.g. {@code yuv420p}
 * @param moovFirst whether the index comes before the frames, so that a browser plays the file while it loads
 * @param metadata the texts in the container, and its brands as ffmpeg names them; XMP under {@link Mp4#XMP}
 */
public record Mp4Info(
        int frames,
        int width,
        int height,
        double seconds,
        FrameRate rate,
        String codec,
        String pixelFormat,
        boolean moovFirst,
        Map<String, String> metadata) {

    public Mp4Info {
        metadata = Map.copyOf(metadata);
    }
}
