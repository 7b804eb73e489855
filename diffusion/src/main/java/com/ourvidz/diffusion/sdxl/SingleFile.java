package com.ourvidz.diffusion.sdxl;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.original.OpenClipNames;
import com.ourvidz.diffusion.original.OriginalModel;
import com.ourvidz.diffusion.original.UNetNames;
import com.ourvidz.diffusion.original.VaeNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * One {@code .safetensors} file with the original names.
 *
 * @param configFolder what the file leaves open, in the diffusers layout; what is missing there too is as published, but for the tokenizers
 */
record SingleFile(Path path, Optional<Path> configFolder) implements CheckpointFiles {

    @Override
    public ModelIndex index() {
        try (Weights weights = Weights.open(path, ScalarType.Float)) {
            OriginalModel.requireSdxl(path, weights);
        }
        return inConfigFolder("model_index.json")
                .flatMap(_ -> configFolder)
                .map(ModelIndex::read)
                .orElse(ModelIndex.PUBLISHED);
    }

    @Override
    public Config config(String part) {
        String name = CheckpointFiles.configName(part);
        Config config = inConfigFolder(name).map(Config::read).orElseGet(() -> PublishedConfig.read(name));
        return part.equals("scheduler") ? asMarked(config) : config;
    }

    /** The file knows best what its model predicts: the config folder is often that of another model, from which the file was tuned. */
    private Config asMarked(Config scheduler) {
        try (Weights weights = Weights.open(path, ScalarType.Float)) {
            return OriginalModel.predictsV(weights) ? OriginalModel.withVPrediction(scheduler, weights) : scheduler;
        }
    }

    @Override
    public Weights weights(String part, Config config, ScalarType dtype) {
        Weights weights = Weights.open(path, dtype);
        try {
            return named(part, config, weights);
        } catch (RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    private static Weights named(String part, Config config, Weights weights) {
        return switch (part) {
            case "text_encoder" -> weights.under(OriginalModel.TEXT_ENCODER);
            case "text_encoder_2" -> weights.under(OriginalModel.TEXT_ENCODER_2).renamed(OpenClipNames.of(config));
            case "unet" -> weights.under(OriginalModel.UNET).renamed(UNetNames.of(config));
            case "vae" -> weights.under(OriginalModel.VAE).renamed(VaeNames.of(config));
            default -> throw new IllegalArgumentException(part + " has no weights");
        };
    }

    @Override
    public Path tokenizer(String part) {
        return inConfigFolder(part)
                .orElseThrow(() -> new CheckpointException(path + " holds no tokenizer, and "
                        + configFolder
                                .map(folder -> folder + " has no folder '" + part + "'")
                                .orElse("no config folder is given")
                        + ". Give a config folder with 'tokenizer' and 'tokenizer_2', each with vocab.json and"
                        + " merges.txt, as every SDXL checkpoint in the diffusers layout has them."));
    }

    private Optional<Path> inConfigFolder(String name) {
        return configFolder.map(folder -> folder.resolve(name)).filter(Files::exists);
    }
}
