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
            double[] rising = Linspace.of(0, trainSteps - 1.0, steps);
            return IntStream.range(0, steps)
                    .mapToDouble(i -> rising[steps - 1 - i])
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

    static TimestepSpacing of(Config config, TimestepSpacing otherwise) {
        String name = config.text("timestep_spacing", otherwise.lowerCase());
        return Arrays.stream(values())
                .filter(spacing -> spacing.lowerCase().equals(name))
                .findFirst()
                .orElseThrow(() -> config.invalid("timestep_spacing", "is '" + name + "', which is not supported"));
    }

    private String lowerCase() {
        return name().toLowerCase(Locale.ROOT);
    }
}
