package com.ourvidz.diffusion.vae;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import org.bytedeco.pytorch.Tensor;

/** Pictures to latents and back. Pictures are (batch, 3, height, width) in -1 … 1; a latent stands for a square of {@link #stride()} pixels. */
public interface Autoencoder {

    /** How many pixels a latent is wide and high. */
    int stride();

    int latentChannels();

    /**
     * What the encoder makes of pictures.
     *
     * @param image height and width are multiples of {@link #stride()}
     */
    Posterior encode(Tensor image);

    /** The pictures of latents, (batch, latentChannels, height / stride, width / stride), in the autoencoder's own scale. */
    Tensor decode(Tensor latents);

    /** Between the autoencoder's own scale and the one that the UNet was trained in. */
    LatentScale scale();

    /** One that takes each picture at once. */
    static Autoencoder of(Config config, Weights weights) {
        return of(config, weights, Tiling.OFF);
    }

    /**
     * The autoencoder that the settings name in {@code _class_name}.
     *
     * @param tiling whether it takes large pictures tile by tile
     *
     * @throws CheckpointException when that class, or one of its settings, is not supported, or a tensor is missing or misshapen
     */
    static Autoencoder of(Config config, Weights weights, Tiling tiling) {
        String name = config.text("_class_name");
        return switch (name) {
            case "AutoencoderKL" -> new AutoencoderKL(config, weights, tiling);
            case "AutoencoderTiny" -> new AutoencoderTiny(config, weights, tiling);
            default -> throw config.invalid("_class_name", "is '" + name + "', an autoencoder that is not supported");
        };
    }
}
