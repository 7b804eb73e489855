package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.tensor.Scoped;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * How much of the picture is left at each training step: the cumulative product of the alphas, falling from nearly 1. In float32, by the same
 * operations as diffusers: the last digits decide the noise levels at the start.
 */
final class NoiseSchedule {

    private static final double LARGEST_BETA = 0.999;

    /** Far more than any model has: what is beyond is a mistake, and is not to take memory. */
    private static final int MOST_STEPS = 100_000;

    private NoiseSchedule() {}

    /** What the settings say of the betas, where they say nothing. */
    record Betas(double start, double end, String schedule) {
        /** Ho et al. 2020. */
        static final Betas DDPM = new Betas(0.0001, 0.02, "linear");
        /** Rombach et al. 2022. */
        static final Betas LATENT_DIFFUSION = new Betas(0.00085, 0.012, "scaled_linear");
    }

    /** (training steps); the last is zero with {@code rescale_betas_zero_snr}. */
    static float[] of(Config config, Betas otherwise) {
        return shares(config, products(config, otherwise));
    }

    private static float[] products(Config config, Betas otherwise) {
        return Scoped.value(() -> {
            Tensor betas = betas(config, otherwise);
            boolean zeroTerminal = config.flag("rescale_betas_zero_snr", false);
            return floats(oneMinus(zeroTerminal ? rescaleToZeroTerminal(betas) : betas)
                    .cumprod(0));
        });
    }

    /** What is left of a picture is a share of it. */
    private static float[] shares(Config config, float[] products) {
        for (float share : products) {
            if (!(share >= 0 && share <= 1)) {
                throw config.invalid(
                        config.has("trained_betas") ? "trained_betas" : "beta_end",
                        "and the other betas leave " + share + " of a picture, not 0 to 1");
            }
        }
        return products;
    }

    private static Tensor betas(Config config, Betas otherwise) {
        if (config.has("trained_betas")) {
            return trained(config);
        }
        int steps = trainSteps(config);
        double start = beta(config, "beta_start", otherwise.start());
        double end = beta(config, "beta_end", otherwise.end());
        String schedule = config.text("beta_schedule", otherwise.schedule());
        return switch (schedule) {
            case "linear" -> linspace(start, end, steps);
            case "scaled_linear" ->
                linspace(Math.sqrt(start), Math.sqrt(end), steps).square();
            case "squaredcos_cap_v2" -> cosine(steps);
            default -> throw config.invalid("beta_schedule", "is '" + schedule + "', which is not supported");
        };
    }

    private static double beta(Config config, String name, double otherwise) {
        double beta = config.number(name, otherwise);
        if (!(beta >= 0 && beta <= 1)) {
            throw config.invalid(name, "is " + beta + " where 0 to 1 is expected");
        }
        return beta;
    }

    private static Tensor trained(Config config) {
        List<Double> betas = config.numbers("trained_betas");
        if (betas.isEmpty()) {
            throw config.invalid("trained_betas", "is empty");
        }
        return tensor(betas);
    }

    /** The number of training steps, where there is no list of them. */
    static int trainSteps(Config config) {
        return config.within(1, MOST_STEPS, "num_train_timesteps", config.integer("num_train_timesteps", 1000));
    }

    /** Nichol and Dhariwal 2021. */
    private static Tensor cosine(int steps) {
        float[] betas = new float[steps];
        for (int i = 0; i < steps; i++) {
            double beta = 1 - cosineAlpha((i + 1) / (double) steps) / cosineAlpha(i / (double) steps);
            betas[i] = (float) Math.min(beta, LARGEST_BETA);
        }
        return Tensor.create(betas);
    }

    private static double cosineAlpha(double time) {
        double cosine = Math.cos((time + 0.008) / 1.008 * Math.PI / 2);
        return cosine * cosine;
    }

    /** Lin et al. 2024 (common diffusion noise schedules and sample steps are flawed), algorithm 1. */
    private static Tensor rescaleToZeroTerminal(Tensor betas) {
        return Scoped.result(() -> {
            Tensor roots = oneMinus(betas).cumprod(0).sqrt();
            long last = roots.size(0) - 1;
            Tensor shifted = roots.sub(roots.narrow(0, last, 1)); // the last becomes zero
            Tensor first = roots.narrow(0, 0, 1);
            Tensor products =
                    shifted.mul(first.div(first.sub(roots.narrow(0, last, 1)))).square();
            Tensor ratios = products.narrow(0, 1, last).div(products.narrow(0, 0, last));
            return oneMinus(torch.cat(new TensorVector(products.narrow(0, 0, 1), ratios)));
        });
    }

    private static Tensor linspace(double start, double end, int steps) {
        return torch.linspace(new Scalar(start), new Scalar(end), steps);
    }

    private static Tensor oneMinus(Tensor x) {
        return x.neg().add(new Scalar(1.0));
    }

    private static Tensor tensor(List<Double> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return Tensor.create(floats);
    }

    private static float[] floats(Tensor x) {
        float[] values = new float[Math.toIntExact(x.numel())];
        x.data_ptr_float().get(values);
        return values;
    }
}
