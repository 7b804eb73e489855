package com.ourvidz.diffusion.umt5;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.RmsNorm;
import com.ourvidz.diffusion.tensor.Scoped;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Transformers' {@code UMT5EncoderModel} (Chung et al. 2023): T5's encoder with relative positions in every block. */
public final class Umt5EncoderModel {

    private final Umt5Config config;

    private final Tensor shared; // (vocabulary, size)
    private final RelativePositions positions;
    private final List<Umt5Block> blocks;
    private final RmsNorm finalLayerNorm;

    /**
     * Reads the encoder of a checkpoint; its weights belong to the innermost open {@link org.bytedeco.javacpp.PointerScope}.
     *
     * @throws CheckpointException when a setting is not supported, or a tensor is missing or misshapen
     */
    public Umt5EncoderModel(Config config, Weights weights) {
        this.config = Umt5Config.of(config);
        // the same tensor; which of its two names it has depends on who saved it
        String embeddings = weights.has("shared.weight") ? "shared.weight" : "encoder.embed_tokens.weight";
        this.shared = weights.get(embeddings, this.config.vocabulary(), this.config.size());
        this.positions = new RelativePositions(this.config.buckets(), this.config.maxDistance());
        this.blocks = IntStream.range(0, this.config.layers())
                .mapToObj(i -> new Umt5Block(this.config, weights.under("encoder.block." + i)))
                .toList();
        this.finalLayerNorm =
                new RmsNorm(weights.under("encoder.final_layer_norm"), this.config.size(), this.config.epsilon());
    }

    public int hiddenSize() {
        return config.size();
    }

    /**
     * Encodes one prompt.
     *
     * @param ids its tokens without padding, which the mask would hide anyway
     * @return the last hidden states: (1, ids, hiddenSize)
     */
    public Tensor forward(long[] ids) {
        return Scoped.result(() -> {
            Tensor buckets = onDevice(positions.of(ids.length));
            Tensor x = torch.embedding(shared, onDevice(Tensor.create(ids, 1, ids.length)));
            for (Umt5Block block : blocks) {
                x = block.forward(x, buckets);
            }
            return finalLayerNorm.forward(x);
        });
    }

    private Tensor onDevice(Tensor indices) {
        return indices.to(shared.device(), ScalarType.Long);
    }
}
