package com.ourvidz.diffusion.vae;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Conv2d;
import com.ourvidz.diffusion.tensor.Scoped;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** diffusers' {@code AutoencoderKL}, which Stable Diffusion and SDXL were published with. */
public final class AutoencoderKL implements Autoencoder {

    private static final double DEFAULT_SCALE = 0.18215;

    private final KlConfig config;
    private final LatentScale scale;
    private final TileSize tileSize;
    private final ScalarType dtype;

    private final Encoder encoder;
    private final Optional<Conv2d> quantConv;
    private final Optional<Conv2d> postQuantConv;
    private final Decoder decoder;

    /** Reads one that takes each picture at once. */
    public AutoencoderKL(Config config, Weights weights) {
        this(config, weights, Tiling.OFF);
    }

    /**
     * Reads an autoencoder; its weights belong to the innermost open {@link org.bytedeco.javacpp.PointerScope}.
     *
     * @param tiling whether it takes large pictures tile by tile
     * @throws CheckpointException when a setting is not supported, or a tensor is missing or misshapen
     */
    public AutoencoderKL(Config config, Weights weights, Tiling tiling) {
        this.config = KlConfig.of(config);
        this.tileSize = this.config.tileSize(config, tiling);
        this.scale = LatentScale.of(config, DEFAULT_SCALE);
        this.dtype = weights.dtype();
        int latents = this.config.latentChannels();
        this.encoder = new Encoder(weights.under("encoder"), this.config);
        this.quantConv = this.config.quantConv()
                ? Optional.of(new Conv2d(weights.under("quant_conv"), 2L * latents, 2L * latents, 1))
                : Optional.empty();
        this.postQuantConv = this.config.postQuantConv()
                ? Optional.of(new Conv2d(weights.under("post_quant_conv"), latents, latents, 1))
                : Optional.empty();
        this.decoder = new Decoder(weights.under("decoder"), this.config);
    }

    @Override
    public int stride() {
        return config.stride();
    }

    @Override
    public int latentChannels() {
        return config.latentChannels();
    }

    @Override
    public LatentScale scale() {
        return scale;
    }

    @Override
    public Posterior.Gaussian encode(Tensor image) {
        OptionalInt tile = tileSize.of(image.size(3), image.size(2));
        Tensor moments = tile.isPresent()
                ? new BlendedTiles(tile.getAsInt(), tile.getAsInt() / stride()).forward(image, this::moments)
                : moments(image);
        return Posterior.Gaussian.of(moments);
    }

    /** (batch, 2 * latentChannels, height / stride, width / stride), float32. */
    private Tensor moments(Tensor image) {
        return Scoped.result(() -> {
            Tensor encoded = encoder.forward(image.to(dtype));
            return quantConv.map(conv -> conv.forward(encoded)).orElse(encoded).to(ScalarType.Float);
        });
    }

    @Override
    public Tensor decode(Tensor latents) {
        OptionalInt tile = tileSize.of(stride() * latents.size(3), stride() * latents.size(2));
        return tile.isPresent()
                ? new BlendedTiles(tile.getAsInt() / stride(), tile.getAsInt()).forward(latents, this::picture)
                : picture(latents);
    }

    private Tensor picture(Tensor latents) {
        return Scoped.result(() -> {
            Tensor x = latents.to(dtype);
            return decoder.forward(postQuantConv.map(conv -> conv.forward(x)).orElse(x));
        });
    }
}
