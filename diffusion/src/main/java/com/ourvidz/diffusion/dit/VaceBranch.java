package com.ourvidz.diffusion.dit;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Linear;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** VACE's blocks beside the transformer's: they read the control latents and say something after some of its blocks. */
final class VaceBranch {

    private final List<Integer> layers;

    private final PatchEmbedding patchEmbedding;
    private final Linear projIn;
    private final List<WanTransformerBlock> blocks;
    private final List<Linear> projOuts;

    VaceBranch(WanConfig config, WanConfig.Vace vace, Weights weights) {
        int size = config.size();
        this.layers = vace.layers().stream().sorted().toList();
        this.patchEmbedding = new PatchEmbedding(config, weights.under("vace_patch_embedding"), vace.inChannels());
        this.projIn = new Linear(weights.under("vace_blocks.0.proj_in"), size, size);
        this.blocks = indices()
                .mapToObj(i -> new WanTransformerBlock(config, weights.under("vace_blocks." + i)))
                .toList();
        this.projOuts = indices()
                .mapToObj(i -> new Linear(weights.under("vace_blocks." + i + ".proj_out"), size, size))
                .toList();
    }

    private IntStream indices() {
        return IntStream.range(0, layers.size());
    }

    /**
     * What is added after blocks of the transformer, by their index.
     *
     * @param x the transformer's tokens before its first block: (batch, tokens, size)
     */
    Map<Integer, Tensor> hints(Tensor x, VaceControl control, Conditions conditions) {
        Map<Integer, Tensor> hints = new HashMap<>();
        Tensor known = patchEmbedding.forward(control.latents().to(x.scalar_type()));
        Tensor state = projIn.forward(known).add_(x);
        for (int i = 0; i < blocks.size(); i++) {
            state = blocks.get(i).forward(state, conditions);
            hints.put(layers.get(i), projOuts.get(i).forward(state).mul_(new Scalar(control.scale())));
        }
        return hints;
    }
}
