package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.checkpoint.Config;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/** How inference steps are spread over the training steps: table 2 of Lin et al. 2024. The noisiest step comes first. */
enum TimestepSpacing {
    LINSPACE {
        @Override
        double[] timesteps(int trainSteps, int steps, int offset) {
            double stride = steps == 1 ? 0 : (trainSteps - 1) / (double) (steps - 1);
            return IntStream.range(0, steps)
                    .mapToDouble(i -> (float) ((steps - 1 - i) * stride))
                    .toArray();
        }
    },
    LEADING {
        @Override
        double[] timesteps(int trainSteps, int steps, int offset) {
            int stride = trainSteps / steps;
            return IntStream.range(0, steps)
                    .mapToDouble(i -> (steps - 1 - i) * stride + offset)
                    .toArray();
        }
    },
    /** At 61 steps and a few other counts of 1000, diffusers rounds its way to one more, at -1; here the count is kept. */
    TRAILING {
        @Override
        double[] timesteps(int trainSteps, int steps, int offset) {
            double stride = trainSteps / (double) steps;
            return IntStream.range(0, steps)
                    .mapToDouble(i -> Math.rint(trainSteps - i * stride) - 1)
                    .toArray();
        }
    };

    /**
     * The timesteps of a run, falling.
     *
     * @param offset added to each step, by the spacings that know of it
     */
    abstract double[] timesteps(int trainSteps, int steps, int offset);

    static TimestepSpacing of(Config config, String otherwise) {
        String name = config.text("timestep_spacing", otherwise);
        return Arrays.stream(values())
                .filter(spacing -> spacing.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> config.invalid("timestep_spacing", "is '" + name + "', which is not supported"));
    }
}
