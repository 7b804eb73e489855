package com.ourvidz.diffusion.vae;

import com.ourvidz.diffusion.tensor.Noise;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** What an encoder says of a picture's latents, (batch, latentChannels, height / stride, width / stride), in the autoencoder's scale. */
public sealed interface Posterior {

    /** One choice of latents, in float32. */
    Tensor sample(Noise noise);

    /** A Gaussian at each latent. */
    record Gaussian(Tensor mean, Tensor logvar) implements Posterior {

        @Override
        public Tensor sample(Noise noise) {
            Tensor deviation = logvar.mul(new Scalar(0.5)).exp();
            return deviation.mul(noise.like(mean)).add(mean);
        }
    }

    /** Nothing left to choose; no noise is drawn. */
    record Certain(Tensor latents) implements Posterior {

        @Override
        public Tensor sample(Noise noise) {
            return latents;
        }
    }
}
