package com.ourvidz.diffusion.sdxl;

import com.ourvidz.diffusion.checkpoint.Config;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;

/** The settings that SDXL base 1.0 was published with, which nearly all models trained from it have kept. */
final class PublishedConfig {

    private static final String FOLDER = "published/";

    private PublishedConfig() {}

    /** Reads settings by their name in the diffusers layout, such as {@code unet/config.json}. */
    static Config read(String name) {
        try (InputStream json = PublishedConfig.class.getResourceAsStream(FOLDER + name)) {
            return Config.of(
                    Path.of("published SDXL", name),
                    Objects.requireNonNull(json, name).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
