package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.checkpoint.Config;
import java.util.Arrays;
import java.util.Locale;

/** What the model was trained to say of a noisy sample: its noise, its velocity (Salimans and Ho 2022), or the clean sample. */
enum PredictionType {
    EPSILON,
    V_PREDICTION,
    SAMPLE;

    static PredictionType of(Config config) {
        String name = config.text("prediction_type", "epsilon");
        return Arrays.stream(values())
                .filter(type -> type.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> config.invalid("prediction_type", "is '" + name + "', which is not supported"));
    }
}
