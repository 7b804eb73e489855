package com.ourvidz.diffusion.original;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Rename;
import com.ourvidz.diffusion.checkpoint.Rename.Cut;
import java.util.ArrayList;
import java.util.List;

/** OpenCLIP's text encoder, SDXL's second: query, key and value lie in one tensor, and the projection the other way round. */
public final class OpenClipNames {

    private static final List<Rename> ENDS = List.of(
            new Rename("token_embedding", "text_model.embeddings.token_embedding"),
            new Rename("positional_embedding", "text_model.embeddings.position_embedding.weight"),
            new Rename("ln_final", "text_model.final_layer_norm"),
            new Rename("text_projection", "text_projection.weight", Cut.TRANSPOSED));

    private static final List<Rename> LAYER = List.of(
            new Rename("ln_1", "layer_norm1"),
            new Rename("attn.in_proj_weight", "self_attn.q_proj.weight", Cut.FIRST_THIRD),
            new Rename("attn.in_proj_weight", "self_attn.k_proj.weight", Cut.SECOND_THIRD),
            new Rename("attn.in_proj_weight", "self_attn.v_proj.weight", Cut.LAST_THIRD),
            new Rename("attn.in_proj_bias", "self_attn.q_proj.bias", Cut.FIRST_THIRD),
            new Rename("attn.in_proj_bias", "self_attn.k_proj.bias", Cut.SECOND_THIRD),
            new Rename("attn.in_proj_bias", "self_attn.v_proj.bias", Cut.LAST_THIRD),
            new Rename("attn.out_proj", "self_attn.out_proj"),
            new Rename("ln_2", "layer_norm2"),
            new Rename("mlp.c_fc", "mlp.fc1"),
            new Rename("mlp.c_proj", "mlp.fc2"));

    private OpenClipNames() {}

    /**
     * What transformers calls the tensors below {@code conditioner.embedders.1.model}.
     *
     * @param config says how many layers there are
     * @throws CheckpointException when it does not
     */
    public static List<Rename> of(Config config) {
        List<Rename> renames = new ArrayList<>(ENDS);
        int layers = Layers.checked(config, "num_hidden_layers", config.integer("num_hidden_layers"));
        for (int i = 0; i < layers; i++) {
            String from = "transformer.resblocks." + i;
            String to = "text_model.encoder.layers." + i;
            LAYER.forEach(part -> renames.add(part.inside(from, to)));
        }
        return List.copyOf(renames);
    }
}
