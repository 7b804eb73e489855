package com.ourvidz.diffusion.sdxl;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.tensor.Inference;
import com.ourvidz.diffusion.tensor.Lasting;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

/**
 * SDXL (Podell et al. 2023): pictures from text, with the numbers that diffusers' {@code StableDiffusionXLPipeline} gives. A pipeline holds a
 * checkpoint in memory until it is closed. For one thread at a time, not always the same.
 */
public final class SdxlPipeline implements AutoCloseable {

    private final Lasting<SdxlModels> models;
    private final Inference inference;

    private SdxlPipeline(Lasting<SdxlModels> models, Options options) {
        this.models = models;
        this.inference = new Inference(options.threads());
    }

    /**
     * Reads a checkpoint.
     *
     * @param checkpoint a folder in the diffusers layout, with {@code model_index.json}. A single {@code .safetensors} file with the original
     *     names needs {@link #load(Path, Path, Options)}, for its tokenizers
     * @throws CheckpointException when it is not an SDXL checkpoint, or a part of it is missing, damaged or not supported
     */
    public static SdxlPipeline load(Path checkpoint, Options options) {
        return load(CheckpointFiles.of(checkpoint), options);
    }

    /**
     * Reads a checkpoint that is one {@code .safetensors} file with the original names, as model sites distribute SDXL.
     *
     * @param config a folder in the diffusers layout, of which no weights are read: {@code tokenizer} and {@code tokenizer_2}, and where the
     *     model is not of the published sizes the parts' {@code config.json}. What else is missing is as published
     * @throws CheckpointException when it is not an SDXL checkpoint, or a part of it is missing, damaged or not supported
     */
    public static SdxlPipeline load(Path file, Path config, Options options) {
        return load(CheckpointFiles.of(file, config), options);
    }

    private static SdxlPipeline load(CheckpointFiles files, Options options) {
        return new SdxlPipeline(Lasting.of(() -> SdxlModels.load(files, options)), options);
    }

    /**
     * Makes pictures.
     *
     * @param progress hears of each step, and may end the request between two
     * @throws CancellationException when {@code progress} ended it
     * @throws NotFiniteException when the models gave no picture
     * @throws CheckpointException when the scheduler that is asked for is not supported
     * @throws IllegalArgumentException when the checkpoint cannot make what is asked for
     */
    public Pictures generate(TextToImage request, Progress progress) {
        return generate(request, new Tracker(request, progress));
    }

    Pictures generate(TextToImage request, Tracker tracker) {
        return inference.run(() -> new Generation(models.value(), request, tracker).run());
    }

    /** The side in pixels of the square pictures that the checkpoint was trained on; others may come out worse. */
    public int defaultSize() {
        return models.value().defaultSize();
    }

    /** Frees the weights. */
    @Override
    public void close() {
        models.value().close();
        models.close();
    }
}
