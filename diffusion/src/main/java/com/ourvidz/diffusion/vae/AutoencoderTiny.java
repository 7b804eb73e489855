package com.ourvidz.diffusion.vae;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Sequential;
import com.ourvidz.diffusion.tensor.Scoped;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** diffusers' {@code AutoencoderTiny}: TAESD's plain convolutions, which decode in a fraction of the time. */
public final class AutoencoderTiny implements Autoencoder {

    /** Latents are bent into ±3 before they are decoded. */
    private static final double BOUND = 3;

    /** The side of diffusers' tiles, in pixels. */
    private static final int TILE = 512;

    private final TinyConfig config;
    private final LatentScale scale;
    private final TileSize tileSize;
    private final ScalarType dtype;

    private final Sequential encoder;
    private final Sequential decoder;

    /** Reads one that takes each picture at once. */
    public AutoencoderTiny(Config config, Weights weights) {
        this(config, weights, Tiling.OFF);
    }

    /**
     * Reads an autoencoder; its weights belong to the innermost open {@link org.bytedeco.javacpp.PointerScope}.
     *
     * @param tiling whether it takes large pictures tile by tile
     * @throws CheckpointException when a setting is not supported, or a tensor is missing or misshapen
     */
    public AutoencoderTiny(Config config, Weights weights, Tiling tiling) {
        this.config = TinyConfig.of(config);
        this.tileSize = new TileSize(
                tiling,
                TILE,
                LayeredTiles.UNIT * stride(),
                this.config.decoderChannels().getLast());
        this.scale = LatentScale.of(config, 1);
        this.dtype = weights.dtype();
        this.encoder = TinyLayers.encoder(weights.under("encoder.layers"), this.config);
        this.decoder = TinyLayers.decoder(weights.under("decoder.layers"), this.config);
    }

    @Override
    public int stride() {
        return 1 << (config.decoderChannels().size() - 1);
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
    public Posterior.Certain encode(Tensor image) {
        OptionalInt tile = tileSize.of(image.size(3), image.size(2));
        return new Posterior.Certain(
                tile.isPresent()
                        ? new LayeredTiles(tile.getAsInt(), tile.getAsInt() / stride(), config.latentChannels())
                                .forward(image, this::latents)
                        : latents(image));
    }

    private Tensor latents(Tensor image) {
        return Scoped.result(() -> {
            Tensor unit = image.add(new Scalar(1.0)).div(new Scalar(2.0)); // 0 … 1
            return encoder.forward(prepare(unit)).to(ScalarType.Float);
        });
    }

    @Override
    public Tensor decode(Tensor latents) {
        OptionalInt tile = tileSize.of(stride() * latents.size(3), stride() * latents.size(2));
        return tile.isPresent()
                ? new LayeredTiles(tile.getAsInt() / stride(), tile.getAsInt(), config.outChannels())
                        .forward(latents, this::picture)
                : picture(latents);
    }

    private Tensor picture(Tensor latents) {
        return Scoped.result(() -> {
            Tensor bounded = latents.div(new Scalar(BOUND)).tanh().mul(new Scalar(BOUND));
            Tensor unit = decoder.forward(prepare(bounded)); // 0 … 1
            return unit.mul(new Scalar(2.0)).sub(new Scalar(1.0));
        });
    }

    /** With the channels last, the layout in which convolutions of few channels over many pixels take half the time. */
    private Tensor prepare(Tensor x) {
        return x.to(dtype).contiguous(MemoryFormat.ChannelsLast);
    }
}
