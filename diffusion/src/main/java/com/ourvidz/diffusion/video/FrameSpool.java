package com.ourvidz.diffusion.video;

import com.ourvidz.diffusion.image.RgbImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * The frames of a video between those who make them and {@link Mp4}, which may run through them more than once: uncompressed in a temporary
 * file, so that memory holds one frame at a time. The file loses its name as soon as it is open, where the system can do that: nothing is
 * left of it however this process ends.
 */
public final class FrameSpool implements Iterable<RgbImage>, AutoCloseable {

    private static final int CHANNELS = 3;

    private final FileChannel file;
    private final int width;
    private final int height;
    private int count;

    private FrameSpool(FileChannel file, int width, int height) {
        this.file = file;
        this.width = width;
        this.height = height;
    }

    /** An empty one, for frames of this size in pixels. */
    public static FrameSpool open(int width, int height) throws IOException {
        Path path = Files.createTempFile("ourvidz-", ".frames");
        FileChannel file = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        return new FrameSpool(file, width, height);
    }

    /** How many frames there are. */
    public int count() {
        return count;
    }

    /**
     * Takes the next frame.
     *
     * @throws UncheckedIOException when there is no room for it
     */
    public void add(RgbImage frame) {
        if (frame.width() != width || frame.height() != height) {
            throw new IllegalArgumentException(
                    "A frame of " + frame.width() + "x" + frame.height() + " among those of " + width + "x" + height);
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(frame.rgb());
            for (long position = at(count); bytes.hasRemaining(); ) {
                position += file.write(bytes, position);
            }
            count++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The frame of an index from 0. */
    public RgbImage frame(int index) {
        byte[] rgb = new byte[size()];
        ByteBuffer bytes = ByteBuffer.wrap(rgb);
        try {
            for (long position = at(index); bytes.hasRemaining(); ) {
                int read = file.read(bytes, position);
                if (read < 0) {
                    throw new IOException("There is no frame " + index + " of " + count);
                }
                position += read;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RgbImage(width, height, rgb);
    }

    /** From the first frame on. */
    @Override
    public Iterator<RgbImage> iterator() {
        return IntStream.range(0, count).mapToObj(this::frame).iterator();
    }

    private long at(int index) {
        return (long) index * size();
    }

    private int size() {
        return width * height * CHANNELS;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
