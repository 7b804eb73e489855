package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import java.util.Locale;
import java.util.Set;

/**
 * What the model was trained to say of a noisy sample: its noise, its velocity (Salimans and Ho 2022), the clean sample, or the way from the
 * clean sample to noise (Lipman et al. 2023).
 */
enum PredictionType {
    EPSILON,
    V_PREDICTION,
    SAMPLE,
    FLOW_PREDICTION;

    /** Those of models with a noise schedule. */
    static final Set<PredictionType> DIFFUSION = Set.of(EPSILON, V_PREDICTION, SAMPLE);

    /**
     * The type that the settings name.
     *
     * @throws CheckpointException when it is none of {@code supported}
     */
    static PredictionType of(Config config, Set<PredictionType> supported) {
        String name = config.text("prediction_type", "epsilon");
        return supported.stream()
                .filter(type -> type.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> config.invalid("prediction_type", "is '" + name + "', which is not supported"));
    }
}
