package com.ourvidz.diffusion.wanvae;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.tensor.Scoped;
import com.ourvidz.diffusion.vae.Posterior;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * diffusers' {@code AutoencoderKLWan}: videos to latents and back, in groups. The first latent frame stands for one frame, each other for
 * {@link #temporalStride}; no frame depends on a later one. Memory is what one group takes, however long the video.
 */
public final class AutoencoderKLWan {

    private final WanVaeConfig config;

    private final CausalSequence encoder;
    private final PointwiseConv quantConv;
    private final PointwiseConv postQuantConv;
    private final CausalSequence decoder;

    /**
     * Reads an autoencoder; its weights belong to the innermost open {@link org.bytedeco.javacpp.PointerScope}.
     *
     * @throws CheckpointException when a setting is not supported, or a tensor is missing or misshapen
     */
    public AutoencoderKLWan(Config config, Weights weights) {
        this.config = WanVaeConfig.of(config);
        int latents = this.config.latentChannels();
        this.encoder = Encoder.of(weights.under("encoder"), this.config);
        this.quantConv = new PointwiseConv(weights.under("quant_conv"), 2 * latents, 2 * latents);
        this.postQuantConv = new PointwiseConv(weights.under("post_quant_conv"), latents, latents);
        this.decoder = Decoder.of(weights.under("decoder"), this.config);
    }

    public int latentChannels() {
        return config.latentChannels();
    }

    /** How many pixels a latent is wide and high. */
    public int spatialStride() {
        return config.spatialStride();
    }

    /** How many frames a latent frame stands for, but for the first, which stands for one. */
    public int temporalStride() {
        return config.temporalStride();
    }

    /** How many latent frames stand for {@code frames}, rounded up. */
    public int latentFrames(int frames) {
        return (frames - 1 + temporalStride() - 1) / temporalStride() + 1;
    }

    /** How many frames {@code latentFrames} decode to. */
    public int frames(int latentFrames) {
        return (latentFrames - 1) * temporalStride() + 1;
    }

    /**
     * What the encoder makes of a video, (1, latentChannels, latentFrames, height / stride, width / stride), in the autoencoder's own scale.
     *
     * @param frames as many as whole latent frames stand for
     */
    public Posterior.Gaussian encode(int frames, Clip clip) {
        if (frames(latentFrames(frames)) != frames) {
            throw new IllegalArgumentException(frames + " frames are not 1 and a multiple of " + temporalStride());
        }
        return Posterior.Gaussian.of(Scoped.result(() -> {
            TensorVector groups = new TensorVector();
            try (FeatureCache cache = new FeatureCache()) {
                groups.push_back(encodeGroup(clip, 0, 1, cache));
                for (int first = 1; first < frames; first += temporalStride()) {
                    groups.push_back(encodeGroup(clip, first, temporalStride(), cache));
                }
            }
            Tensor moments = quantConv.forward(torch.cat(groups, 0)); // (frames, 2 * latentChannels, …)
            return moments.transpose(0, 1).unsqueeze(0);
        }));
    }

    private Tensor encodeGroup(Clip clip, int first, int count, FeatureCache cache) {
        return Scoped.result(() -> encoder.forward(clip.frames(first, count), cache));
    }

    /**
     * Decodes latents, (1, latentChannels, latentFrames, height / stride, width / stride), in the autoencoder's own scale.
     *
     * @param consumer hears of each group as soon as it is done, in order: (frames, 3, height, width) in -1 … 1, freed when it returns
     */
    public void decode(Tensor latents, Consumer<Tensor> consumer) {
        try (FeatureCache cache = new FeatureCache()) {
            for (int i = 0; i < latents.size(2); i++) {
                int index = i;
                Scoped.run(() -> consumer.accept(decodeGroup(latents.select(2, index), cache)));
                cache.groupDone();
            }
        }
    }

    private Tensor decodeGroup(Tensor latents, FeatureCache cache) {
        return decoder.forward(postQuantConv.forward(latents), cache)
                .clamp_(new ScalarOptional(new Scalar(-1.0)), new ScalarOptional(new Scalar(1.0)));
    }

    /** From the autoencoder's scale to the transformer's; any (1, latentChannels, …) in five dimensions. */
    public Tensor toModel(Tensor latents) {
        return latents.sub(channels(config.latentsMean(), latents)).div(channels(config.latentsStd(), latents));
    }

    /** From the transformer's scale to the autoencoder's. */
    public Tensor fromModel(Tensor latents) {
        return latents.mul(channels(config.latentsStd(), latents)).add(channels(config.latentsMean(), latents));
    }

    private static Tensor channels(List<Double> values, Tensor where) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return Tensor.create(floats, 1, floats.length, 1, 1, 1).to(where.device(), ScalarType.Float);
    }
}
