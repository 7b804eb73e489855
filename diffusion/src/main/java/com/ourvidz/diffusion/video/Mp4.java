package com.ourvidz.diffusion.video;

import com.ourvidz.diffusion.image.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes frames as H.264 in MP4: yuv420p by BT.709, every frame at its exact time, the index in front so that a browser plays the file while
 * it loads. The same frames and metadata give the same bytes on the same machine.
 */
public final class Mp4 {

    /** The name under which {@code metadata} has XMP, as in PNG; it goes to where MP4 has it. */
    public static final String XMP = "XML:com.adobe.xmp";

    /** At which nothing is to be seen of the encoding; H.264's scale ends at 51. */
    private static final int BEST_QUANTIZER = 18;

    private static final int WORST_QUANTIZER = 51;

    /** How much larger H.264's quantizer is at half the bytes, roughly. */
    private static final int STEPS_A_HALF = 6;

    private Mp4() {}

    /**
     * Writes a file, which is replaced when it exists, and not touched when this fails. When it would be over the limit it is encoded again at
     * a lower quality.
     *
     * @param frames at least one, all of one size with even sides; run through once more for each time that is encoded again. A few are in
     *     memory at a time when the iterator makes them as it goes
     * @param maxBytes limit of the finished file
     * @param metadata names and texts, of any characters but NUL; XMP under {@link #XMP}
     * @throws IllegalArgumentException when the frames are not like that
     * @throws IOException when it cannot be written or does not fit at the lowest quality
     */
    public static void write(
            Path file, Iterable<RgbImage> frames, FrameRate rate, long maxBytes, Map<String, String> metadata)
            throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            int quantizer = BEST_QUANTIZER;
            long bytes = encode(part, frames, rate, quantizer, metadata);
            while (bytes > maxBytes) {
                quantizer = coarser(quantizer, bytes, maxBytes);
                bytes = encode(part, frames, rate, quantizer, metadata);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** A quantizer at which the file should be within the limit. */
    private static int coarser(int quantizer, long bytes, long maxBytes) throws IOException {
        if (quantizer == WORST_QUANTIZER) {
            throw new IOException("The video has " + bytes + " bytes at the lowest quality, more than " + maxBytes);
        }
        double halves = Math.log((double) bytes / Math.max(maxBytes, 1)) / Math.log(2);
        return (int) Math.min(quantizer + 1 + Math.ceil(STEPS_A_HALF * halves), WORST_QUANTIZER);
    }

    /** Returns how many bytes the file has. */
    private static long encode(
            Path file, Iterable<RgbImage> frames, FrameRate rate, int quantizer, Map<String, String> metadata)
            throws IOException {
        Iterator<RgbImage> pictures = frames.iterator();
        RgbImage first = first(pictures);
        Map<String, String> texts = new TreeMap<>(metadata); // equal maps give equal bytes
        Optional<String> xmp = Optional.ofNullable(texts.remove(XMP));
        try (H264Encoder encoder = new H264Encoder(first.width(), first.height(), rate, quantizer);
                Mp4Muxer muxer = new Mp4Muxer(file, encoder.context(), texts)) {
            encode(first, pictures, encoder, muxer);
        }
        if (xmp.isPresent()) {
            XmpBox.append(file, xmp.get());
        }
        return Files.size(file);
    }

    private static void encode(RgbImage first, Iterator<RgbImage> others, H264Encoder encoder, Mp4Muxer muxer)
            throws IOException {
        encoder.encode(first, 0, muxer::write);
        int frames = 1;
        for (; others.hasNext(); frames++) {
            encoder.encode(sameSize(others.next(), first), frames, muxer::write);
        }
        encoder.finish(muxer::write);
        muxer.finish();
        if (muxer.frames() != frames) {
            throw new IOException("The encoder made " + muxer.frames() + " frames of " + frames);
        }
    }

    private static RgbImage first(Iterator<RgbImage> pictures) {
        if (!pictures.hasNext()) {
            throw new IllegalArgumentException("A video needs a frame");
        }
        RgbImage first = pictures.next();
        if (first.width() % 2 != 0 || first.height() % 2 != 0) {
            throw new IllegalArgumentException(
                    "A video's width and height must be even, not " + first.width() + "x" + first.height());
        }
        return first;
    }

    private static RgbImage sameSize(RgbImage picture, RgbImage first) {
        if (picture.width() != first.width() || picture.height() != first.height()) {
            throw new IllegalArgumentException("A frame of " + picture.width() + "x" + picture.height()
                    + " after one of " + first.width() + "x" + first.height());
        }
        return picture;
    }
}
