package com.ourvidz.diffusion.clip;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.LayerNorm;
import com.ourvidz.diffusion.layers.Linear;
import com.ourvidz.diffusion.tensor.Scoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** Transformers' {@code CLIPTextModel} and {@code CLIPTextModelWithProjection}; {@code config.json} says which of the two. */
public final class ClipTextModel {

    private final Config settings;
    private final ClipConfig config;

    private final ClipEmbeddings embeddings;
    private final List<ClipEncoderLayer> layers;
    private final LayerNorm finalLayerNorm;
    private final Optional<Linear> textProjection;
    private final EndOfText endOfText;

    /**
     * Reads the encoder of a checkpoint.
     *
     * @throws CheckpointException when a setting is not supported, or a tensor is missing or misshapen
     */
    public ClipTextModel(Config config, Weights weights) {
        this.settings = config;
        this.config = ClipConfig.of(config);
        // transformers 5 writes the tensors without the prefix
        Weights model = weights.hasUnder("text_model") ? weights.under("text_model") : weights;
        this.embeddings = new ClipEmbeddings(this.config, model.under("embeddings"));
        this.layers = IntStream.range(0, this.config.layers())
                .mapToObj(i -> new ClipEncoderLayer(this.config, model.under("encoder.layers." + i)))
                .toList();
        this.finalLayerNorm = new LayerNorm(
                model.under("final_layer_norm"), this.config.hiddenSize(), this.config.layerNormEpsilon());
        this.textProjection = this.config
                .projectionSize()
                .map(size -> Linear.withoutBias(weights.under("text_projection"), this.config.hiddenSize(), size));
        this.endOfText = new EndOfText(this.config.endOfTextId());
    }

    /** How many tokens it reads at the most. */
    public int positions() {
        return config.positions();
    }

    public int hiddenSize() {
        return config.hiddenSize();
    }

    /** Of {@link ClipText#pooled}, where the model has it. */
    public Optional<Integer> projectionSize() {
        return config.projectionSize();
    }

    /**
     * Encodes one prompt.
     *
     * @param ids the tokens of one prompt, padded to the length that the model was trained with
     * @throws CheckpointException when the model knows no such token
     */
    public ClipText forward(long[] ids) {
        requireKnown(ids);
        Tensor penultimate = Scoped.result(() -> penultimate(ids));
        return new ClipText(
                penultimate, textProjection.map(projection -> Scoped.result(() -> pool(penultimate, ids, projection))));
    }

    private Tensor penultimate(long[] ids) {
        Tensor x = embeddings.forward(ids);
        for (ClipEncoderLayer layer : layers.subList(0, layers.size() - 1)) {
            x = layer.forward(x);
        }
        return x;
    }

    private void requireKnown(long[] ids) {
        for (long id : ids) {
            if (id < 0 || id >= config.vocabulary()) {
                throw settings.invalid(
                        "vocab_size",
                        "is " + config.vocabulary() + ", and the tokenizer gave the id " + id
                                + ". Check that both belong to the same checkpoint");
            }
        }
    }

    private Tensor pool(Tensor penultimate, long[] ids, Linear projection) {
        Tensor last = finalLayerNorm.forward(layers.getLast().forward(penultimate)); // (1, tokens, hidden)
        return projection.forward(last.select(1, endOfText.position(ids))); // (1, projection)
    }
}
