package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.checkpoint.Config;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Which training steps a run visits, as {@code timestep_spacing} and {@code steps_offset} say; the noisiest first. */
record Timesteps(TimestepSpacing spacing, int trainSteps, int offset) {

    static Timesteps of(Config config, int trainSteps, TimestepSpacing otherwise) {
        return new Timesteps(TimestepSpacing.of(config, otherwise), trainSteps, config.integer("steps_offset", 0));
    }

    /** Those that may lie between two training steps; float32, as diffusers has them. */
    double[] fractional(int steps) {
        return spread(checked(steps, trainSteps), timestep -> (float) timestep);
    }

    /** Those of samplers that know only whole ones. */
    double[] whole(int steps) {
        return spread(checked(steps, trainSteps), Math::rint);
    }

    /** Those of the multistep solvers: spread as if there were one more, the cleanest, which is then left out. */
    double[] multistep(int steps) {
        if (spacing == TimestepSpacing.TRAILING) {
            return whole(steps);
        }
        return Arrays.copyOf(spread(checked(steps, trainSteps - 1) + 1, Math::rint), steps);
    }

    private double[] spread(int steps, DoubleUnaryOperator rounding) {
        return Arrays.stream(spacing.timesteps(trainSteps, steps, offset))
                .map(rounding)
                .toArray();
    }

    /** Whether the noisiest step is not quite noise alone, so that a run starts with the picture's own variance. */
    boolean startAtUnitVariance() {
        return spacing == TimestepSpacing.LEADING;
    }

    /**
     * {@code steps}, when a run can have as many.
     *
     * @throws IllegalArgumentException when it cannot
     */
    static int checked(int steps, int most) {
        if (steps < 1 || steps > most) {
            throw new IllegalArgumentException("steps must be 1 to " + most + ", not " + steps);
        }
        return steps;
    }
}
