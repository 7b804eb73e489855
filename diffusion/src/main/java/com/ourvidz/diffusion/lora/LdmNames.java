package com.ourvidz.diffusion.lora;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the layers of a UNet are called in the code that SDXL was published with, which numbers all blocks on one side in one row: {@code
 * down_blocks.1.attentions.0} is {@code input_blocks.4.1} there.
 */
final class LdmNames {

    private static final Pattern BLOCK = Pattern.compile(
            "(?<side>down|up)_blocks\\.(?<block>\\d{1,4})\\.(?<kind>resnets|attentions|downsamplers|upsamplers)"
                    + "\\.(?<layer>\\d{1,4})\\.(?<rest>.+)");

    private static final Map<String, String> OUTSIDE_BLOCKS = Map.of(
            "conv_in", "input_blocks.0.0",
            "conv_out", "out.2",
            "time_embedding.linear_1", "time_embed.0",
            "time_embedding.linear_2", "time_embed.2",
            "add_embedding.linear_1", "label_emb.0.0",
            "add_embedding.linear_2", "label_emb.0.2");

    private static final Map<String, String> IN_THE_MIDDLE = Map.of(
            "mid_block.resnets.0.", "middle_block.0.",
            "mid_block.attentions.0.", "middle_block.1.",
            "mid_block.resnets.1.", "middle_block.2.");

    private static final Map<String, String> IN_RESNETS = Map.of(
            "conv1", "in_layers.2",
            "time_emb_proj", "emb_layers.1",
            "conv2", "out_layers.3",
            "conv_shortcut", "skip_connection");

    private final NavigableSet<String> tensors;
    private final List<Integer> down; // the layers of each block
    private final List<Integer> up;

    /** From the names of a UNet's tensors, which say how many layers each block has. */
    LdmNames(Iterable<String> tensors) {
        this.tensors = new TreeSet<>();
        tensors.forEach(this.tensors::add);
        this.down = layers("down_blocks.");
        this.up = layers("up_blocks.");
    }

    private List<Integer> layers(String side) {
        List<Integer> layers = new ArrayList<>();
        while (has(side + layers.size() + ".")) {
            String resnets = side + layers.size() + ".resnets.";
            int count = 0;
            while (has(resnets + count + ".")) {
                count++;
            }
            layers.add(count);
        }
        return layers;
    }

    private boolean has(String prefix) {
        String next = tensors.ceiling(prefix);
        return next != null && next.startsWith(prefix);
    }

    /** The other name of a layer, such as {@code mid_block.resnets.0.conv1}; none where there is no such layer. */
    Optional<String> of(String layer) {
        Matcher block = BLOCK.matcher(layer);
        if (block.matches()) {
            return inBlock(block);
        }
        return Optional.ofNullable(OUTSIDE_BLOCKS.get(layer)).or(() -> inTheMiddle(layer));
    }

    private static Optional<String> inTheMiddle(String layer) {
        return IN_THE_MIDDLE.entrySet().stream()
                .filter(part -> layer.startsWith(part.getKey()))
                .map(part ->
                        part.getValue() + inner(layer.substring(part.getKey().length())))
                .findFirst();
    }

    private Optional<String> inBlock(Matcher name) {
        boolean isDown = "down".equals(name.group("side"));
        int block = Integer.parseInt(name.group("block"));
        int layer = Integer.parseInt(name.group("layer"));
        String rest = name.group("rest");
        if (block >= (isDown ? down : up).size()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (name.group("kind")) {
                    case "resnets" -> row(isDown, block, layer) + ".0." + inner(rest);
                    case "attentions" -> row(isDown, block, layer) + ".1." + rest;
                    case "downsamplers" -> row(true, block, down.get(block)) + ".0.op";
                    default -> upsampler(block);
                });
    }

    /** On the way down each block has one more, the downsampler, and the first of all is {@code conv_in}. */
    private String row(boolean isDown, int block, int layer) {
        int before = (isDown ? down : up)
                .subList(0, block).stream()
                        .mapToInt(layers -> isDown ? layers + 1 : layers)
                        .sum();
        return isDown ? "input_blocks." + (1 + before + layer) : "output_blocks." + (before + layer);
    }

    /** On the way up it is the last part of the last layer, after the attention where there is one. */
    private String upsampler(int block) {
        boolean attends = has("up_blocks." + block + ".attentions.");
        return row(false, block, up.get(block) - 1) + (attends ? ".2.conv" : ".1.conv");
    }

    private static String inner(String layer) {
        return IN_RESNETS.getOrDefault(layer, layer);
    }
}
