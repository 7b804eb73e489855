package com.ourvidz.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checkpoints that the build has. */
final class Checkpoints {

    /** A few pixels a latent and random weights: the smallest that the library runs. */
    static final Path TINY = Path.of("../diffusion/src/test/resources/reference/tiny-sdxl");

    /** The weights of {@link #TINY} in one file, as model sites distribute them. */
    static final Path SINGLE_FILE = TINY.resolveSibling("tiny-sdxl-single-file.safetensors");

    /** WAN VACE with random weights and latents so large that whole videos are made in seconds. */
    static final Path QUICK_WAN = TINY.resolveSibling("quick-wan-vace");

    private static final Path STARTER = Path.of("../models/starter-sdxl");
    private static final String RECOMMENDATIONS = "generation_config.json";

    private Checkpoints() {}

    /** The shipped model with few steps for {@code sdxl_image_fast} and as many as given for {@code sdxl_image_high}. */
    static Path starter(Path folder, int stepsOfHigh) {
        try {
            link(STARTER, Files.createDirectories(folder));
            Files.writeString(
                    folder.resolve(RECOMMENDATIONS),
                    "{\"steps\": 3, \"guidance_scale\": 1, \"sdxl_image_high\": {\"steps\": %d}}"
                            .formatted(stepsOfHigh));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@link #QUICK_WAN} with two steps, but for {@code image_high} and {@code video_high}. */
    static Path wan(Path folder, int stepsOfHigh) {
        try {
            link(QUICK_WAN, Files.createDirectories(folder));
            Files.writeString(folder.resolve(RECOMMENDATIONS), """
                    {"steps": 2, "guidance_scale": 1, "image_high": {"steps": %d}, "video_high": {"steps": %d}}""".formatted(stepsOfHigh, stepsOfHigh));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void link(Path from, Path to) throws IOException {
        try (var entries = Files.newDirectoryStream(from, entry -> !entry.endsWith(RECOMMENDATIONS))) {
            for (var entry : entries) {
                Files.createSymbolicLink(to.resolve(entry.getFileName()), entry.toAbsolutePath());
            }
        }
    }
}
