package com.ourvidz.diffusion.vae;

import com.ourvidz.diffusion.checkpoint.Config;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * How latents are brought to about unit variance for the UNet. As in diffusers' SDXL pipelines, {@code shift_factor} plays no part.
 *
 * @param factor {@code scaling_factor}
 * @param mean {@code latents_mean}, one a channel, where a checkpoint has it and {@code latents_std}
 * @param std {@code latents_std}
 */
public record LatentScale(double factor, Optional<List<Double>> mean, Optional<List<Double>> std) {

    private static final int DEFAULT_CHANNELS = 4;

    static LatentScale of(Config config, double otherwise) {
        boolean normalized = config.has("latents_mean") && config.has("latents_std");
        return new LatentScale(
                config.number("scaling_factor", otherwise),
                normalized ? Optional.of(perChannel(config, "latents_mean")) : Optional.empty(),
                normalized ? Optional.of(perChannel(config, "latents_std")) : Optional.empty());
    }

    private static List<Double> perChannel(Config config, String setting) {
        List<Double> values = config.numbers(setting);
        int channels = config.integer("latent_channels", DEFAULT_CHANNELS);
        if (values.size() != channels) {
            throw config.invalid(setting, "has " + values.size() + " values for " + channels + " channels");
        }
        return values;
    }

    /** From the autoencoder's scale to the UNet's; any (batch, channels, height, width). */
    public Tensor toModel(Tensor latents) {
        Tensor centred =
                mean.map(values -> latents.sub(channels(values).to(latents))).orElse(latents);
        Tensor scaled = centred.mul(new Scalar(factor));
        return std.map(values -> scaled.div(channels(values).to(scaled))).orElse(scaled);
    }

    /** From the UNet's scale to the autoencoder's. */
    public Tensor fromModel(Tensor latents) {
        Tensor spread =
                std.map(values -> latents.mul(channels(values).to(latents))).orElse(latents);
        Tensor unscaled = spread.div(new Scalar(factor));
        return mean.map(values -> unscaled.add(channels(values).to(unscaled))).orElse(unscaled);
    }

    private static Tensor channels(List<Double> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return Tensor.create(floats, 1, floats.length, 1, 1);
    }
}
