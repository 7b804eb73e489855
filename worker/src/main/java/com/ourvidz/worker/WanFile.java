package com.ourvidz.worker;

import com.ourvidz.core.catalog.JobType;
import com.ourvidz.diffusion.image.GenerationParameters;
import com.ourvidz.diffusion.image.Png;
import com.ourvidz.diffusion.image.RgbImage;
import com.ourvidz.diffusion.video.FrameRate;
import com.ourvidz.diffusion.video.FrameSpool;
import com.ourvidz.diffusion.video.Mp4;
import com.ourvidz.diffusion.wan.FrameConsumer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** The file that a WAN job makes of its frames, a PNG or an MP4. It is a temporary one. */
final class WanFile implements FrameConsumer, AutoCloseable {

    /** 83 frames are 4.98 seconds. */
    private static final FrameRate RATE = new FrameRate(50, 3);

    private final JobType type;
    private final Path file;
    private final FrameSpool frames;

    private WanFile(JobType type, Path file, FrameSpool frames) {
        this.type = type;
        this.file = file;
        this.frames = frames;
    }

    static WanFile of(JobType type) {
        var output = type.output();
        try {
            var frames = FrameSpool.open(output.width(), output.height());
            return new WanFile(type, Files.createTempFile("ourvidz-", "." + output.extension()), frames);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void accept(int index, RgbImage frame) {
        frames.add(frame);
    }

    /**
     * Writes the file.
     *
     * @throws StaleLeaseException when the job is to be dropped
     * @throws UncheckedIOException when it cannot be written
     */
    Path write(GenerationParameters parameters, WanProgress progress) {
        try {
            if (type.isVideo()) {
                Mp4.write(file, announced(progress), RATE, type.bucketLimit(), parameters.text());
            } else {
                progress.writing(0, 1);
                Png.write(file, frames.frame(0).rgb(), parameters.width(), parameters.height(), parameters.text());
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The frames, each said to be on its way before it is taken. */
    private Iterable<RgbImage> announced(WanProgress progress) {
        return () -> IntStream.range(0, frames.count())
                .mapToObj(index -> {
                    progress.writing(index, frames.count());
                    return frames.frame(index);
                })
                .iterator();
    }

    @Override
    public void close() {
        try (frames) {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
