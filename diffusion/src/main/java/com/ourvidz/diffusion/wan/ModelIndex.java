package com.ourvidz.diffusion.wan;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code model_index.json}: which pipeline a folder is for. */
final class ModelIndex {

    private static final String FILE = "model_index.json";
    private static final Set<String> WAN = Set.of("WanPipeline", "WanVACEPipeline");
    private static final List<String> PARTS = List.of("tokenizer", "text_encoder", "transformer", "vae", "scheduler");

    private ModelIndex() {}

    /** Whether a folder says that it is for a pipeline of WAN. */
    static boolean isWan(Path checkpoint) {
        Path file = checkpoint.resolve(FILE);
        return Files.exists(file) && WAN.contains(Config.read(file).text("_class_name", ""));
    }

    /**
     * Reads the index.
     *
     * @throws CheckpointException when the folder is not a checkpoint of WAN 2.1; the message says what it is
     */
    static void require(Path checkpoint) {
        Config index = Config.read(checkpoint.resolve(FILE));
        String pipeline = index.text("_class_name");
        if (!WAN.contains(pipeline)) {
            throw new CheckpointException(checkpoint + " is a checkpoint for " + pipeline
                    + ", not for WAN. Choose a folder whose model_index.json names WanPipeline or WanVACEPipeline.");
        }
        if (index.has("transformer_2") || index.has("boundary_ratio") || index.flag("expand_timesteps", false)) {
            throw new CheckpointException(
                    checkpoint + " is a checkpoint of WAN 2.2, which is not supported. Choose one" + " of WAN 2.1.");
        }
        PARTS.stream().filter(part -> !index.has(part)).findFirst().ifPresent(part -> {
            throw index.invalid(part, "is not set: this is not a whole WAN");
        });
    }
}
