package com.ourvidz.diffusion.original;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Rename;
import com.ourvidz.diffusion.checkpoint.Rename.Cut;
import java.util.ArrayList;
import java.util.List;

/** The original autoencoder counts the decoder's resolutions from the finest, diffusers from the coarsest. */
public final class VaeNames {

    private static final List<Rename> CODER = List.of(
            new Rename("conv_in", "conv_in"),
            new Rename("mid.block_1", "mid_block.resnets.0"),
            new Rename("mid.block_2", "mid_block.resnets.1"),
            new Rename("mid.attn_1.norm", "mid_block.attentions.0.group_norm"),
            new Rename("mid.attn_1.q", "mid_block.attentions.0.to_q", Cut.MATRIX),
            new Rename("mid.attn_1.k", "mid_block.attentions.0.to_k", Cut.MATRIX),
            new Rename("mid.attn_1.v", "mid_block.attentions.0.to_v", Cut.MATRIX),
            new Rename("mid.attn_1.proj_out", "mid_block.attentions.0.to_out.0", Cut.MATRIX),
            new Rename("norm_out", "conv_norm_out"),
            new Rename("conv_out", "conv_out"));

    private final List<Rename> renames = new ArrayList<>();

    private VaeNames() {}

    /**
     * What diffusers calls the tensors below {@code first_stage_model}.
     *
     * @param config says how many resolutions there are, and how many layers each has
     * @throws CheckpointException when it does not
     */
    public static List<Rename> of(Config config) {
        int levels = config.integers("block_out_channels").size();
        int layers = Layers.checked(config, "layers_per_block", config.integer("layers_per_block", 1));
        VaeNames names = new VaeNames();
        names.rename("quant_conv", "quant_conv");
        names.rename("post_quant_conv", "post_quant_conv");
        CODER.forEach(part -> names.renames.add(part.inside("encoder", "encoder")));
        CODER.forEach(part -> names.renames.add(part.inside("decoder", "decoder")));
        for (int level = 0; level < levels; level++) {
            names.down("encoder.down." + level, "encoder.down_blocks." + level, layers);
            names.up("decoder.up." + (levels - 1 - level), "decoder.up_blocks." + level, layers + 1);
        }
        return List.copyOf(names.renames);
    }

    private void down(String from, String to, int layers) {
        resnets(from, to, layers);
        rename(from + ".downsample", to + ".downsamplers.0");
    }

    private void up(String from, String to, int layers) {
        resnets(from, to, layers);
        rename(from + ".upsample", to + ".upsamplers.0");
    }

    private void resnets(String from, String to, int layers) {
        for (int layer = 0; layer < layers; layer++) {
            String block = from + ".block." + layer;
            rename(block, to + ".resnets." + layer);
            rename(block + ".nin_shortcut", to + ".resnets." + layer + ".conv_shortcut");
        }
    }

    private void rename(String from, String to) {
        renames.add(new Rename(from, to));
    }
}
