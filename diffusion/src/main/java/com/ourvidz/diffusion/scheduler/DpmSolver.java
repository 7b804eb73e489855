package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;

/**
 * Which DPM-Solver++.
 *
 * @param order 1 or 2
 * @param stochastic whether it solves the stochastic equation, with new noise at each step
 * @param heun how order 2 weighs the change between the last two predictions: as Heun's method, or as the midpoint method
 * @param lowerOrderFinal whether a run of less than 15 steps ends with order 1
 * @param eulerAtFinal whether every run does
 */
record DpmSolver(int order, boolean stochastic, boolean heun, boolean lowerOrderFinal, boolean eulerAtFinal) {

    private static final int FEW_STEPS = 15;

    /**
     * Reads {@code scheduler_config.json}.
     *
     * @throws CheckpointException when a setting is not supported
     */
    static DpmSolver of(Config config) {
        String algorithm = config.text("algorithm_type", "dpmsolver++");
        if (!algorithm.equals("dpmsolver++") && !algorithm.equals("sde-dpmsolver++")) {
            throw config.invalid("algorithm_type", "is '" + algorithm + "', which is not supported");
        }
        if (config.text("variance_type", "fixed").startsWith("learned")) {
            throw config.invalid("variance_type", "is '" + config.text("variance_type") + "', which is not supported");
        }
        int order = config.integer("solver_order", 2);
        if (order < 1 || order > 2) {
            throw config.invalid("solver_order", "is " + order + ", which is not supported; 1 and 2 are");
        }
        return new DpmSolver(
                order,
                algorithm.startsWith("sde"),
                isHeun(config),
                config.flag("lower_order_final", true),
                config.flag("euler_at_final", false));
    }

    /** The types of other solvers stand for the default, as in diffusers: settings are handed from one scheduler to another. */
    private static boolean isHeun(Config config) {
        String type = config.text("solver_type", "midpoint");
        return switch (type) {
            case "heun" -> true;
            case "midpoint", "logrho", "bh1", "bh2" -> false;
            default -> throw config.invalid("solver_type", "is '" + type + "', which is not supported");
        };
    }

    /** The order of a step for which {@code predictions} are known. */
    int orderAt(int index, int steps, boolean endsWithoutNoise, int predictions) {
        boolean last = index == steps - 1;
        boolean lower = last && (endsWithoutNoise || eulerAtFinal || (lowerOrderFinal && steps < FEW_STEPS));
        return lower ? 1 : Math.min(order, predictions);
    }
}
