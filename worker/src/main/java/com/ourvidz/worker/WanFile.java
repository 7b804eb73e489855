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
import java.util.Optional;
import java.util.stream.IntStream;

/** The file that a WAN job makes of its frames, a PNG or an MP4. It is a temporary one. */
final class WanFile implements FrameConsumer, AutoCloseable {

    /** 83 frames are 4.98 seconds. */
    private static final FrameRate RATE = new FrameRate(50, 3);

    private final JobType type;
    private final FrameSpool frames;
    private Optional<Path> written = Optional.empty();

    private WanFile(JobType type, FrameSpool frames) {
        this.type = type;
        this.frames = frames;
    }

    static WanFile of(JobType type) {
        var output = type.output();
        try {
            return new WanFile(type, FrameSpool.open(output.width(), output.height()));
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
            var file = Files.createTempFile("ourvidz-", "." + type.output().extension());
            written = Optional.of(file);
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

    /** The frame that stands for all of them. */
    RgbImage middle() {
        return frames.frame(frames.count() / 2);
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
            if (written.isPresent()) {
                Files.deleteIfExists(written.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
