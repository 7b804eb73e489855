package com.ourvidz.diffusion.dit;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.tensor.Scoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** diffusers' {@code WanTransformer3DModel}, and its {@code WanVACETransformer3DModel}: the same with a branch for what is known. */
public final class WanTransformer3DModel {

    private final WanConfig config;
    private final ScalarType dtype;

    private final PatchEmbedding patchEmbedding;
    private final ConditionEmbedder conditionEmbedder;
    private final List<WanTransformerBlock> blocks;
    private final Optional<VaceBranch> vace;
    private final Unpatch out;

    /**
     * Reads a transformer; its weights belong to the innermost open {@link org.bytedeco.javacpp.PointerScope}.
     *
     * @throws CheckpointException when a setting is not supported, or a tensor is missing or misshapen
     */
    public WanTransformer3DModel(Config config, Weights weights) {
        this.config = WanConfig.of(config);
        this.dtype = weights.dtype();
        this.patchEmbedding =
                new PatchEmbedding(this.config, weights.under("patch_embedding"), this.config.inChannels());
        this.conditionEmbedder = new ConditionEmbedder(this.config, weights.under("condition_embedder"));
        this.blocks = IntStream.range(0, this.config.layers())
                .mapToObj(i -> new WanTransformerBlock(this.config, weights.under("blocks." + i)))
                .toList();
        this.vace = this.config.vace().map(branch -> new VaceBranch(this.config, branch, weights));
        this.out = new Unpatch(this.config, weights);
    }

    public int inChannels() {
        return config.inChannels();
    }

    public int textSize() {
        return config.textSize();
    }

    /** What of the latents is a token: their frames, height and width are multiples of it. */
    public Grid patch() {
        return config.patch();
    }

    /** Of {@link VaceControl#latents}; none where the model takes no control. */
    public Optional<Integer> controlChannels() {
        return config.vace().map(WanConfig.Vace::inChannels);
    }

    /**
     * Predicts what the scheduler needs.
     *
     * @param latents noisy ones: (1, inChannels, frames, height, width)
     * @param timestep 0 to 1000, the noisiest first
     * @param context the prompt's embeddings
     * @param control for a model with {@link #controlChannels}, and for no other
     * @return of the same shape as {@code latents}, in the model's precision
     */
    public Tensor forward(Tensor latents, float timestep, TextContext context, Optional<VaceControl> control) {
        return Scoped.result(() -> {
            Grid tokens = config.patch().patchesOf(latents);
            Conditions conditions = conditionEmbedder.forward(timestep, context, tokens);
            Tensor x = patchEmbedding.forward(latents.to(dtype)); // (1, tokens, size)
            Tensor result = throughBlocks(x, conditions, hints(x, conditions, control));
            return out.forward(result, conditions.time(), tokens);
        });
    }

    private Map<Integer, Tensor> hints(Tensor x, Conditions conditions, Optional<VaceControl> control) {
        if (vace.isPresent() != control.isPresent()) {
            throw new IllegalArgumentException("A VACE transformer takes control latents, and no other does");
        }
        return vace.map(branch -> branch.hints(x, control.orElseThrow(), conditions))
                .orElse(Map.of());
    }

    private Tensor throughBlocks(Tensor x, Conditions conditions, Map<Integer, Tensor> hints) {
        Tensor current = x;
        for (int i = 0; i < blocks.size(); i++) {
            try (Tensor previous = current) {
                current = blocks.get(i).forward(previous, conditions);
            }
            Tensor hint = hints.get(i);
            if (hint != null) {
                current.add_(hint);
            }
        }
        return current;
    }
}
