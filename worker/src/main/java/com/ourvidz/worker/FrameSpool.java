package com.ourvidz.worker;

import com.ourvidz.diffusion.image.RgbImage;
import com.ourvidz.diffusion.wan.FrameConsumer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * The frames of a video between the autoencoder and the encoder, which may run through them more than once: in a file of 1.2 MB a frame, so
 * that a video takes the memory of one frame. The file has no name for long, so nothing is left of it however this process ends.
 */
final class FrameSpool implements FrameConsumer, Iterable<RgbImage>, AutoCloseable {

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

    /** An empty one in the folder, for frames of this size in pixels. */
    static FrameSpool in(Path folder, int width, int height) throws IOException {
        var file = FileChannel.open(
                folder.resolve("frames"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE); // on Linux and macOS: as soon as it is open
        return new FrameSpool(file, width, height);
    }

    int count() {
        return count;
    }

    @Override
    public void accept(int index, RgbImage frame) {
        if (index != count || frame.width() != width || frame.height() != height) {
            throw new IllegalArgumentException("Frame " + index + " of " + frame.width() + "x" + frame.height()
                    + " where frame " + count + " of " + width + "x" + height + " is expected");
        }
        try {
            var bytes = ByteBuffer.wrap(frame.rgb());
            for (var position = at(index); bytes.hasRemaining(); ) {
                position += file.write(bytes, position);
            }
            count++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RgbImage frame(int index) {
        var rgb = new byte[size()];
        var bytes = ByteBuffer.wrap(rgb);
        try {
            for (var position = at(index); bytes.hasRemaining(); ) {
                var read = file.read(bytes, position);
                if (read < 0) {
                    throw new IOException("the spooled frames end too early");
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
