package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.checkpoint.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Scheduler settings of SDXL's kind, to be varied. */
final class Settings {

    private static final String SDXL = """
            {"num_train_timesteps": 1000, "beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear",
             "timestep_spacing": "leading", "steps_offset": 1, "clip_sample": false}""";

    private Settings() {}

    static Config sdxl(Path folder) {
        return written(folder, SDXL);
    }

    /** With ' for ". */
    static Config written(Path folder, String json) {
        try {
            return Config.read(Files.writeString(folder.resolve("scheduler_config.json"), json.replace('\'', '"')));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
