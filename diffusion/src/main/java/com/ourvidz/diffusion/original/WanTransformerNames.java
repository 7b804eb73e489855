package com.ourvidz.diffusion.original;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Rename;
import com.ourvidz.diffusion.checkpoint.Weights;
import java.util.ArrayList;
import java.util.List;

/** WAN's transformer, and VACE's: the authors number a block's norms in the order in which they stand, diffusers in the order in which they came. */
public final class WanTransformerNames {

    private static final String PREFIX = "model.diffusion_model";

    private static final List<Rename> OUTER = List.of(
            new Rename("patch_embedding", "patch_embedding"),
            new Rename("vace_patch_embedding", "vace_patch_embedding"),
            new Rename("time_embedding.0", "condition_embedder.time_embedder.linear_1"),
            new Rename("time_embedding.2", "condition_embedder.time_embedder.linear_2"),
            new Rename("time_projection.1", "condition_embedder.time_proj"),
            new Rename("text_embedding.0", "condition_embedder.text_embedder.linear_1"),
            new Rename("text_embedding.2", "condition_embedder.text_embedder.linear_2"),
            new Rename("head.modulation", "scale_shift_table"),
            new Rename("head.head", "proj_out"));

    private static final List<Rename> ATTENTION = List.of(
            new Rename("q", "to_q"),
            new Rename("norm_q", "norm_q"),
            new Rename("k", "to_k"),
            new Rename("norm_k", "norm_k"),
            new Rename("v", "to_v"),
            new Rename("o", "to_out.0"));

    private static final List<Rename> BLOCK = List.of(
            new Rename("modulation", "scale_shift_table"),
            new Rename("norm3", "norm2"),
            new Rename("ffn.0", "ffn.net.0.proj"),
            new Rename("ffn.2", "ffn.net.2"),
            new Rename("before_proj", "proj_in"),
            new Rename("after_proj", "proj_out"));

    private WanTransformerNames() {}

    /** The tensors by diffusers' names, whichever they have. */
    public static Weights inDiffusersNames(Config config, Weights weights) {
        Weights inner = weights.hasUnder(PREFIX) ? weights.under(PREFIX) : weights;
        return inner.has("head.modulation") ? inner.renamed(of(config)) : inner;
    }

    /**
     * What diffusers calls the tensors.
     *
     * @param config says how many layers there are
     * @throws CheckpointException when it does not
     */
    static List<Rename> of(Config config) {
        List<Rename> renames = new ArrayList<>(OUTER);
        blocks(renames, "blocks", Layers.checked(config, "num_layers", config.integer("num_layers")));
        if (config.has("vace_layers")) {
            blocks(renames, "vace_blocks", config.integers("vace_layers").size());
        }
        return List.copyOf(renames);
    }

    private static void blocks(List<Rename> renames, String name, int count) {
        for (int i = 0; i < count; i++) {
            String block = name + "." + i;
            BLOCK.forEach(part -> renames.add(part.inside(block, block)));
            ATTENTION.forEach(part -> renames.add(part.inside(block + ".self_attn", block + ".attn1")));
            ATTENTION.forEach(part -> renames.add(part.inside(block + ".cross_attn", block + ".attn2")));
        }
    }
}
