package com.ourvidz.diffusion.sdxl;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * {@code model_index.json}: which pipeline a folder is for.
 *
 * @param zerosForEmptyPrompt whether an empty negative prompt stands for embeddings of zeros
 */
record ModelIndex(boolean zerosForEmptyPrompt) {

    /** What SDXL was published with. */
    static final ModelIndex PUBLISHED = new ModelIndex(true);

    private static final Set<String> SDXL =
            Set.of("StableDiffusionXLPipeline", "StableDiffusionXLImg2ImgPipeline", "StableDiffusionXLInpaintPipeline");
    private static final List<String> PARTS =
            List.of("tokenizer", "text_encoder", "tokenizer_2", "text_encoder_2", "unet", "vae", "scheduler");

    /**
     * Reads the index.
     *
     * @throws CheckpointException when the folder is not an SDXL checkpoint; the message says what it is
     */
    static ModelIndex read(Path checkpoint) {
        Config index = Config.read(checkpoint.resolve("model_index.json"));
        String pipeline = index.text("_class_name");
        if (!SDXL.contains(pipeline)) {
            throw new CheckpointException(checkpoint + " is a checkpoint for " + model(pipeline)
                    + ", not for SDXL. Choose a folder whose model_index.json names StableDiffusionXLPipeline.");
        }
        for (String part : PARTS) {
            if (!index.has(part)) {
                throw index.invalid(
                        part,
                        "is not set: this is not a whole SDXL. Its refiner cannot be used alone; choose a base model.");
            }
        }
        return new ModelIndex(index.flag("force_zeros_for_empty_prompt", true));
    }

    /** What a pipeline's name stands for, in the words of those who publish checkpoints. */
    private static String model(String pipeline) {
        if (pipeline.startsWith("StableDiffusionXL")) {
            return "another use of SDXL (" + pipeline + ")";
        }
        return pipeline.startsWith("StableDiffusion") && !pipeline.startsWith("StableDiffusion3")
                ? "Stable Diffusion 1 or 2 (" + pipeline + ")"
                : pipeline;
    }
}
