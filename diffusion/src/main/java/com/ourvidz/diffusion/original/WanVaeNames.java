package com.ourvidz.diffusion.original;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Rename;
import com.ourvidz.diffusion.checkpoint.Weights;
import java.util.ArrayList;
import java.util.List;

/** WAN's autoencoder, published as {@code Wan2.1_VAE}: its layers stand in lists, where diffusers has blocks for each resolution. */
public final class WanVaeNames {

    private static final List<Rename> CODER = List.of(
            new Rename("conv1", "conv_in"),
            new Rename("middle.1", "mid_block.attentions.0"),
            new Rename("head.0", "norm_out"),
            new Rename("head.2", "conv_out"));

    private static final List<Rename> RESNET = List.of(
            new Rename("residual.0", "norm1"),
            new Rename("residual.2", "conv1"),
            new Rename("residual.3", "norm2"),
            new Rename("residual.6", "conv2"),
            new Rename("shortcut", "conv_shortcut"));

    private static final List<Rename> RESAMPLE =
            List.of(new Rename("resample", "resample"), new Rename("time_conv", "time_conv"));

    private final List<Rename> renames = new ArrayList<>();

    private WanVaeNames() {}

    /** The tensors by diffusers' names, whichever they have. */
    public static Weights inDiffusersNames(Config config, Weights weights) {
        return weights.hasUnder("encoder.downsamples") ? weights.renamed(of(config)) : weights;
    }

    /**
     * What diffusers calls the tensors.
     *
     * @param config says how many resolutions there are, and how many layers each has
     * @throws CheckpointException when it does not
     */
    static List<Rename> of(Config config) {
        int levels = config.integers("dim_mult").size();
        int layers = Layers.checked(config, "num_res_blocks", config.integer("num_res_blocks", 2));
        WanVaeNames names = new WanVaeNames();
        names.renames.add(new Rename("conv1", "quant_conv"));
        names.renames.add(new Rename("conv2", "post_quant_conv"));
        names.coder("encoder");
        names.coder("decoder");
        names.down(levels * (layers + 1) - 1);
        for (int level = 0; level < levels; level++) {
            names.up(level, layers + 1);
        }
        return List.copyOf(names.renames);
    }

    private void coder(String name) {
        inside(CODER, name, name);
        inside(RESNET, name + ".middle.0", name + ".mid_block.resnets.0");
        inside(RESNET, name + ".middle.2", name + ".mid_block.resnets.1");
    }

    /** Here both count blocks and resamplings through. */
    private void down(int count) {
        for (int i = 0; i < count; i++) {
            String from = "encoder.downsamples." + i;
            String to = "encoder.down_blocks." + i;
            inside(RESNET, from, to);
            inside(RESAMPLE, from, to);
        }
    }

    private void up(int level, int layers) {
        int first = level * (layers + 1); // each level before ends with a resampling
        String to = "decoder.up_blocks." + level;
        for (int layer = 0; layer < layers; layer++) {
            inside(RESNET, "decoder.upsamples." + (first + layer), to + ".resnets." + layer);
        }
        inside(RESAMPLE, "decoder.upsamples." + (first + layers), to + ".upsamplers.0");
    }

    private void inside(List<Rename> parts, String from, String to) {
        parts.forEach(part -> renames.add(part.inside(from, to)));
    }
}
