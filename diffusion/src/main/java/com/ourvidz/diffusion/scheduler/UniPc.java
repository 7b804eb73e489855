package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import java.util.List;

/**
 * Which UniPC.
 *
 * @param order how many steps a prediction looks at, 1 or more
 * @param predictsClean whether it follows the clean sample that the model predicts, or the noise
 * @param linear whether the paper's B(h) is h itself ({@code bh1}) or e^h - 1 ({@code bh2})
 * @param lowerOrderFinal whether the order falls towards the end
 * @param uncorrected the steps that are not corrected
 */
record UniPc(int order, boolean predictsClean, boolean linear, boolean lowerOrderFinal, List<Integer> uncorrected) {

    /**
     * Reads {@code scheduler_config.json}.
     *
     * @throws CheckpointException when a setting is not supported
     */
    static UniPc of(Config config) {
        int order = config.integer("solver_order", 2);
        if (order < 1) {
            throw config.invalid("solver_order", "is " + order + ", which is not supported");
        }
        return new UniPc(
                order,
                flagNeededToEndWithoutNoise(config, "predict_x0"),
                isLinear(config),
                flagNeededToEndWithoutNoise(config, "lower_order_final"),
                config.has("disable_corrector") ? config.integers("disable_corrector") : List.of());
    }

    /** Without noise λ is infinite: only a step of order 1 that follows the clean sample gets there. */
    private static boolean flagNeededToEndWithoutNoise(Config config, String name) {
        boolean flag = config.flag(name, true);
        if (!flag && FinalSigma.of(config) == FinalSigma.ZERO) {
            throw config.invalid(name, "is false, which is not supported when 'final_sigmas_type' is zero");
        }
        return flag;
    }

    /** The types of other solvers stand for the default, as in diffusers: settings are handed from one scheduler to another. */
    private static boolean isLinear(Config config) {
        String type = config.text("solver_type", "bh2");
        return switch (type) {
            case "bh1" -> true;
            case "bh2", "midpoint", "heun", "logrho" -> false;
            default -> throw config.invalid("solver_type", "is '" + type + "', which is not supported");
        };
    }

    /** The order of a step for which {@code predictions} are known. */
    int orderAt(int index, int steps, int predictions) {
        int highest = lowerOrderFinal ? Math.min(order, steps - index) : order;
        return Math.min(highest, predictions);
    }
}
