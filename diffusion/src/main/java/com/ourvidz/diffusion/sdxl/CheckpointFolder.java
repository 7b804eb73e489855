package com.ourvidz.diffusion.sdxl;

import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import java.nio.file.Path;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The diffusers layout. */
record CheckpointFolder(Path path) implements CheckpointFiles {

    @Override
    public ModelIndex index() {
        return ModelIndex.read(path);
    }

    @Override
    public Config config(String part) {
        return Config.read(path.resolve(CheckpointFiles.configName(part)));
    }

    @Override
    public Weights weights(String part, Config config, ScalarType dtype) {
        return Weights.open(path.resolve(part), dtype);
    }

    @Override
    public Path tokenizer(String part) {
        return path.resolve(part);
    }
}
