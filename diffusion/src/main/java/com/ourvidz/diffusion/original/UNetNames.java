package com.ourvidz.diffusion.original;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Rename;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The original UNet is one row of numbered blocks on the way down, and one on the way up; diffusers' has a block for each resolution, with
 * numbered layers inside.
 */
public final class UNetNames {

    private static final List<Rename> ENDS = List.of(
            new Rename("time_embed.0", "time_embedding.linear_1"),
            new Rename("time_embed.2", "time_embedding.linear_2"),
            new Rename("label_emb.0.0", "add_embedding.linear_1"),
            new Rename("label_emb.0.2", "add_embedding.linear_2"),
            new Rename("input_blocks.0.0", "conv_in"),
            new Rename("middle_block.1", "mid_block.attentions.0"),
            new Rename("out.0", "conv_norm_out"),
            new Rename("out.2", "conv_out"));

    private static final List<Rename> RESNET = List.of(
            new Rename("in_layers.0", "norm1"),
            new Rename("in_layers.2", "conv1"),
            new Rename("emb_layers.1", "time_emb_proj"),
            new Rename("out_layers.0", "norm2"),
            new Rename("out_layers.3", "conv2"),
            new Rename("skip_connection", "conv_shortcut"));

    private final List<Rename> renames = new ArrayList<>(ENDS);

    private UNetNames() {}

    /**
     * What diffusers calls the tensors below {@code model.diffusion_model}.
     *
     * @param config says how many resolutions there are, and how many layers each has
     * @throws CheckpointException when it does not
     */
    public static List<Rename> of(Config config) {
        int levels = config.integers("block_out_channels").size();
        List<Integer> layers = config.has("layers_per_block")
                ? config.integersOrRepeated("layers_per_block", levels)
                : Collections.nCopies(levels, 2);
        layers.forEach(count -> Layers.checked(config, "layers_per_block", count));
        UNetNames names = new UNetNames();
        names.down(layers);
        names.resnet("middle_block.0", "mid_block.resnets.0");
        names.resnet("middle_block.2", "mid_block.resnets.1");
        names.up(layers.reversed());
        return List.copyOf(names.renames);
    }

    private void down(List<Integer> layers) {
        int block = 1; // 0 is conv_in
        for (int level = 0; level < layers.size(); level++) {
            for (int layer = 0; layer < layers.get(level); layer++) {
                layer("input_blocks." + block++, "down_blocks." + level, layer);
            }
            if (level < layers.size() - 1) {
                rename("input_blocks." + block++ + ".0.op", "down_blocks." + level + ".downsamplers.0.conv");
            }
        }
    }

    private void up(List<Integer> layers) {
        int block = 0;
        for (int level = 0; level < layers.size(); level++) {
            for (int layer = 0; layer <= layers.get(level); layer++) {
                layer("output_blocks." + block++, "up_blocks." + level, layer);
            }
            // the last part of a level's last block: after the attention, where there is one
            rename("output_blocks." + (block - 1) + ".1.conv", "up_blocks." + level + ".upsamplers.0.conv");
            rename("output_blocks." + (block - 1) + ".2.conv", "up_blocks." + level + ".upsamplers.0.conv");
        }
    }

    private void layer(String from, String to, int layer) {
        resnet(from + ".0", to + ".resnets." + layer);
        rename(from + ".1", to + ".attentions." + layer);
    }

    private void resnet(String from, String to) {
        RESNET.forEach(part -> renames.add(part.inside(from, to)));
    }

    private void rename(String from, String to) {
        renames.add(new Rename(from, to));
    }
}
