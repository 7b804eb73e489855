package com.ourvidz.diffusion.sdxl;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Where the parts of a checkpoint are. A part goes by the name of its folder in the diffusers layout. */
sealed interface CheckpointFiles permits CheckpointFolder, SingleFile {

    /**
     * Looks what is there.
     *
     * @throws CheckpointException when nothing is
     */
    static CheckpointFiles of(Path checkpoint) {
        if (!Files.exists(checkpoint)) {
            throw new CheckpointException(checkpoint + " does not exist. Choose the folder of an SDXL checkpoint in the"
                    + " diffusers layout, with its model_index.json, or a .safetensors file.");
        }
        return Files.isDirectory(checkpoint)
                ? new CheckpointFolder(checkpoint)
                : new SingleFile(checkpoint, Optional.empty());
    }

    /**
     * A single file and what it leaves open.
     *
     * @throws CheckpointException when one of the two is something else
     */
    static CheckpointFiles of(Path file, Path config) {
        if (!Files.isDirectory(config)) {
            throw new CheckpointException(config
                    + " is not a folder. Choose one in the diffusers layout, with the tokenizers of the checkpoint.");
        }
        if (Files.isDirectory(file)) {
            throw new CheckpointException(file + " is a folder, which has its own settings. Give the settings of "
                    + config + " with a single .safetensors file only.");
        }
        return new SingleFile(file, Optional.of(config));
    }

    /** The file or folder, for messages. */
    Path path();

    /**
     * Which pipeline the checkpoint is for.
     *
     * @throws CheckpointException when it is not SDXL; the message says what it is
     */
    ModelIndex index();

    /**
     * The settings of a model, or of the scheduler.
     *
     * @throws CheckpointException when they are missing or damaged
     */
    Config config(String part);

    /**
     * Opens the weights of a model, by diffusers' names.
     *
     * @throws CheckpointException when they are missing or damaged
     */
    Weights weights(String part, Config config, ScalarType dtype);

    /**
     * The folder of a tokenizer.
     *
     * @throws CheckpointException when there is none
     */
    Path tokenizer(String part);

    /** The name of a part's settings in the diffusers layout. */
    static String configName(String part) {
        return part + (part.equals("scheduler") ? "/scheduler_config.json" : "/config.json");
    }
}
