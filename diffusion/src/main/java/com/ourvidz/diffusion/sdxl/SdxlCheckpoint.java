package com.ourvidz.diffusion.sdxl;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.tokenizer.ClipTokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** An SDXL checkpoint on the disk, looked at without loading it. */
public final class SdxlCheckpoint {

    private SdxlCheckpoint() {}

    /**
     * Opens every part: the settings, the tokenizers, and of the weights the headers.
     *
     * @param config with a single file, the folder with what the file leaves open
     * @return what is missing or damaged, a sentence a part; empty when it opens
     */
    public static List<String> problems(Path checkpoint, Optional<Path> config) {
        List<String> problems = new ArrayList<>();
        attempt(problems, () -> {
            CheckpointFiles files = config.map(folder -> CheckpointFiles.of(checkpoint, folder))
                    .orElseGet(() -> CheckpointFiles.of(checkpoint));
            files.index();
            attempt(problems, () -> files.config("scheduler"));
            List.of("tokenizer", "tokenizer_2")
                    .forEach(part -> attempt(
                            problems,
                            () -> ClipTokenizer.load(files.tokenizer(part)).close()));
            List.of("text_encoder", "text_encoder_2", "unet", "vae")
                    .forEach(part -> attempt(
                            problems,
                            () -> files.weights(part, files.config(part), ScalarType.Float)
                                    .close()));
        });
        return problems;
    }

    private static void attempt(List<String> problems, Runnable opening) {
        try {
            opening.run();
        } catch (CheckpointException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }
}
