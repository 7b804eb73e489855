package com.ourvidz.diffusion.wan;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.sdxl.NotFiniteException;
import com.ourvidz.diffusion.tensor.Inference;
import com.ourvidz.diffusion.tensor.Lasting;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

/**
 * WAN 2.1 (Wan Team 2025): videos from text, with the numbers that diffusers' {@code WanPipeline} and {@code WanVACEPipeline} give. A pipeline
 * holds a checkpoint in memory until it is closed. For one thread at a time, not always the same.
 */
public final class WanPipeline implements AutoCloseable {

    private final Lasting<WanModels> models;
    private final Inference inference;

    private WanPipeline(Lasting<WanModels> models, Options options) {
        this.models = models;
        this.inference = new Inference(options.threads());
    }

    /** Whether a folder's {@code model_index.json} says that it is for this pipeline. */
    public static boolean isFor(Path checkpoint) {
        return ModelIndex.isWan(checkpoint);
    }

    /**
     * Reads a checkpoint.
     *
     * @param checkpoint a folder in the diffusers layout, with {@code model_index.json}
     * @throws CheckpointException when it is not a WAN 2.1 checkpoint, or a part of it is missing, damaged or not supported
     */
    public static WanPipeline load(Path checkpoint, Options options) {
        return new WanPipeline(Lasting.of(() -> WanModels.load(checkpoint, options)), options);
    }

    /**
     * Makes a video.
     *
     * @param progress hears of each step, and may end the request between two
     * @param consumer takes the frames as they are decoded
     * @throws CancellationException when {@code progress} ended it
     * @throws NotFiniteException when the models gave no frames
     * @throws CheckpointException when the scheduler that is asked for is not supported
     * @throws IllegalArgumentException when the checkpoint cannot make what is asked for
     */
    public Video generate(TextToVideo request, Progress progress, FrameConsumer consumer) {
        return generate(request, new Tracker(request, progress), consumer);
    }

    Video generate(TextToVideo request, Tracker tracker, FrameConsumer consumer) {
        return inference.run(() -> new Generation(models.value(), request, tracker, consumer).run());
    }

    /** Whether videos can be held to {@link References}: it is a VACE checkpoint. */
    public boolean takesReferences() {
        return models.value().takesReferences();
    }

    /**
     * The scheduler that a request is made with, by its name in diffusers.
     *
     * @throws CheckpointException when it is not supported
     */
    public String schedulerName(TextToVideo request) {
        return models.value().scheduler(request.scheduler()).name();
    }

    /** What the width of a video, in pixels, is a multiple of. */
    public int widthMultiple() {
        return models.value().widthMultiple();
    }

    /** What the height of a video, in pixels, is a multiple of. */
    public int heightMultiple() {
        return models.value().heightMultiple();
    }

    /** Frees the weights. */
    @Override
    public void close() {
        models.value().close();
        models.close();
    }
}
