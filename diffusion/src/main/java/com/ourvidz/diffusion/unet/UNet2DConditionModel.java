package com.ourvidz.diffusion.unet;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Conv2d;
import com.ourvidz.diffusion.layers.GroupNorm;
import com.ourvidz.diffusion.tensor.Scoped;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** diffusers' {@code UNet2DConditionModel} as SDXL configures it. */
public final class UNet2DConditionModel {

    private final UNetConfig config;
    private final ScalarType dtype;

    private final TimeEmbedding timeEmbedding;
    private final Conv2d convIn;
    private final List<DownBlock> downBlocks;
    private final MidBlock midBlock;
    private final List<UpBlock> upBlocks;
    private final GroupNorm convNormOut;
    private final Conv2d convOut;

    /**
     * Reads a UNet; its weights belong to the innermost open {@link org.bytedeco.javacpp.PointerScope}.
     *
     * @throws CheckpointException when a setting is not supported, or a tensor is missing or misshapen
     */
    public UNet2DConditionModel(Config config, Weights weights) {
        this.config = UNetConfig.of(config);
        this.dtype = weights.dtype();
        int channels = this.config.levels().getFirst().channels();
        this.timeEmbedding = new TimeEmbedding(this.config, weights);
        this.convIn =
                new Conv2d(weights.under("conv_in"), this.config.inChannels(), channels, this.config.convInKernel());
        this.downBlocks = downBlocks(this.config, weights);
        this.midBlock = new MidBlock(weights.under("mid_block"), this.config);
        this.upBlocks = upBlocks(this.config, weights);
        this.convNormOut = new GroupNorm(
                weights.under("conv_norm_out"), this.config.normGroups(), channels, this.config.normEpsilon());
        this.convOut =
                new Conv2d(weights.under("conv_out"), channels, this.config.outChannels(), this.config.convOutKernel());
    }

    private static List<DownBlock> downBlocks(UNetConfig config, Weights weights) {
        List<UNetConfig.Level> levels = config.levels();
        int last = levels.size() - 1;
        return IntStream.rangeClosed(0, last)
                .mapToObj(i -> new DownBlock(
                        weights.under("down_blocks." + i),
                        config,
                        levels.get(i),
                        levels.get(Math.max(i - 1, 0)).channels(),
                        i == last))
                .toList();
    }

    private static List<UpBlock> upBlocks(UNetConfig config, Weights weights) {
        List<UNetConfig.Level> levels = config.upLevels();
        int last = levels.size() - 1;
        return IntStream.rangeClosed(0, last)
                .mapToObj(i -> new UpBlock(
                        weights.under("up_blocks." + i),
                        config,
                        levels.get(i),
                        levels.get(Math.max(i - 1, 0)).channels(),
                        levels.get(Math.min(i + 1, last)).channels(),
                        i == last))
                .toList();
    }

    /** The channels of the latents that it denoises. */
    public int inChannels() {
        return config.inChannels();
    }

    /** The channels of {@link Conditioning#context}. */
    public int contextSize() {
        return config.levels().getFirst().contextSize();
    }

    /** The size of {@link Conditioning#pooled}. */
    public int pooledSize() {
        return config.additionSize() - Conditioning.TIME_IDS * config.additionTimeSize();
    }

    /**
     * Predicts.
     *
     * @param sample scaled noisy latents: (batch, inChannels, height, width)
     * @param timestep of all of them
     * @return (batch, outChannels, height, width), in the dtype of the weights
     */
    public Tensor forward(Tensor sample, float timestep, Conditioning conditioning) {
        return Scoped.result(() -> {
            Tensor time = timeEmbedding.forward(timestep, conditioning);
            Tensor context = conditioning.context();
            Tensor x = convIn.forward(sample.to(dtype));
            Deque<Tensor> skips = new ArrayDeque<>(List.of(x));
            for (DownBlock block : downBlocks) {
                x = block.forward(x, time, context, skips);
            }
            x = midBlock.forward(x, time, context);
            for (UpBlock block : upBlocks) {
                x = block.forward(x, time, context, skips);
            }
            return convOut.forward(convNormOut.forwardSilu(x));
        });
    }
}
