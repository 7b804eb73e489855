package com.ourvidz.diffusion.vae;

import com.ourvidz.diffusion.tensor.Noise;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** What an encoder says of a picture's latents, (batch, latentChannels, height / stride, width / stride), in the autoencoder's scale. */
public sealed interface Posterior {

    /** One choice of latents, in float32. */
    Tensor sample(Noise noise);

    /** A Gaussian at each latent. */
    record Gaussian(Tensor mean, Tensor logvar) implements Posterior {

        private static final double SMALLEST_LOGVAR = -30;
        private static final double LARGEST_LOGVAR = 20;

        /**
         * As encoders give it.
         *
         * @param moments mean and logarithm of the variance, one after the other in dimension 1
         */
        public static Gaussian of(Tensor moments) {
            TensorVector halves = moments.chunk(2, 1);
            Tensor logvar = halves.get(1)
                    .clamp(
                            new ScalarOptional(new Scalar(SMALLEST_LOGVAR)),
                            new ScalarOptional(new Scalar(LARGEST_LOGVAR)));
            return new Gaussian(halves.get(0), logvar);
        }

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
