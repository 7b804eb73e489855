package com.ourvidz.worker;

import com.ourvidz.core.catalog.JobType;
import com.ourvidz.diffusion.image.GenerationParameters;
import com.ourvidz.diffusion.image.Png;
import com.ourvidz.diffusion.image.RgbImage;
import com.ourvidz.diffusion.video.FrameRate;
import com.ourvidz.diffusion.video.Mp4;
import com.ourvidz.diffusion.wan.FrameConsumer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** The file that a WAN job makes, from its frames; it lies in a folder of its own until it is closed. */
final class WanFile implements FrameConsumer, AutoCloseable {

    /** 83 frames are 4.98 seconds. */
    private static final FrameRate RATE = new FrameRate(50, 3);

    private final JobType type;
    private final Path folder;
    private final Path file;
    private final FrameSpool frames;

    private WanFile(JobType type, Path folder, FrameSpool frames) {
        this.type = type;
        this.folder = folder;
        this.file = folder.resolve("asset." + type.output().extension());
        this.frames = frames;
    }

    static WanFile of(JobType type) {
        try {
            var folder = Files.createTempDirectory("ourvidz-");
            var frames =
                    FrameSpool.in(folder, type.output().width(), type.output().height());
            return new WanFile(type, folder, frames);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void accept(int index, RgbImage frame) {
        frames.accept(index, frame);
    }

    /**
     * Writes the file.
     *
     * @throws StaleLeaseException when the job is to be dropped
     */
    Path write(GenerationParameters parameters, WanProgress progress) {
        try {
            if (type.isVideo()) {
                Mp4.write(file, told(progress), RATE, type.bucketLimit(), parameters.text());
            } else {
                progress.writing(0, 1);
                Png.write(file, frames.frame(0).rgb(), parameters.width(), parameters.height(), parameters.text());
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The frames, each said before it is taken. */
    private Iterable<RgbImage> told(WanProgress progress) {
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
        } finally {
            folder.toFile().delete();
        }
    }
}
