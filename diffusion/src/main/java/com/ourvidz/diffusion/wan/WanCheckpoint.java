package com.ourvidz.diffusion.wan;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.tokenizer.Umt5Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A WAN checkpoint on the disk, looked at without loading it. */
public final class WanCheckpoint {

    private WanCheckpoint() {}

    /**
     * Opens every part: the settings, the tokenizer, and of the weights the headers.
     *
     * @return what is missing or damaged, a sentence a part; empty when it opens
     */
    public static List<String> problems(Path checkpoint) {
        List<String> problems = new ArrayList<>();
        attempt(problems, () -> {
            ModelIndex.require(checkpoint);
            attempt(problems, () -> Config.read(checkpoint.resolve("scheduler/scheduler_config.json")));
            attempt(
                    problems,
                    () -> Umt5Tokenizer.load(checkpoint.resolve("tokenizer")).close());
            List.of("text_encoder", "transformer", "vae")
                    .forEach(part -> attempt(problems, () -> {
                        Config.read(checkpoint.resolve(part).resolve("config.json"));
                        Weights.open(checkpoint.resolve(part), ScalarType.Float).close();
                    }));
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
