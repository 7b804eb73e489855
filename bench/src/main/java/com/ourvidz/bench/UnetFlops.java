package com.ourvidz.bench;

import com.ourvidz.diffusion.checkpoint.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Counts the floating-point operations of one guided UNet step from the shapes of its weights: two for each weight at each place where it
 * is applied, and the products of attention. Norms and activations are left out, as is usual.
 */
final class UnetFlops {

    private static final int GUIDED = 2; // with and without the prompt
    private static final int PROMPT_TOKENS = 77;
    private static final Pattern BLOCK = Pattern.compile("(down|up)_blocks\\.(\\d+)\\.(\\w+)\\..*");

    private final Weights weights;
    private final int levels;
    private final long latentWidth;

    private UnetFlops(Weights weights, long latentWidth) {
        this.weights = weights;
        this.latentWidth = latentWidth;
        this.levels = (int) weights.names().stream()
                .filter(name -> name.matches("down_blocks\\.\\d+\\.resnets\\.0\\.conv1\\.weight"))
                .count();
    }

    /** Operations of one step on square latents of the given width. */
    static long ofStep(Path unet, long latentWidth) {
        try (var weights = Weights.open(unet, ScalarType.Float)) {
            return new UnetFlops(weights, latentWidth).count();
        }
    }

    private long count() {
        return GUIDED
                * weights.names().stream()
                        .filter(name ->
                                name.endsWith(".weight") && weights.shape(name).size() > 1)
                        .mapToLong(name -> products(name) + attention(name))
                        .sum();
    }

    private long products(String name) {
        return 2 * places(name) * weights.shape(name).stream().reduce(1L, Math::multiplyExact);
    }

    /** Query by key and weight by value, counted with the query's projection. */
    private long attention(String name) {
        if (!name.endsWith(".to_q.weight")) {
            return 0;
        }
        List<Long> shape = weights.shape(name);
        var keys = name.contains(".attn2.") ? PROMPT_TOKENS : pixels(name);
        return 4 * pixels(name) * keys * shape.getFirst();
    }

    private long places(String name) {
        if (name.contains("time_emb") || name.contains("add_embedding")) {
            return 1;
        }
        return name.contains(".attn2.to_k.") || name.contains(".attn2.to_v.") ? PROMPT_TOKENS : pixels(name);
    }

    private long pixels(String name) {
        var width = latentWidth >> level(name);
        return width * width;
    }

    /** How often the resolution has been halved where the layer puts its result. */
    private int level(String name) {
        if (name.startsWith("mid_block")) {
            return levels - 1;
        }
        var block = BLOCK.matcher(name);
        if (!block.matches()) {
            return 0;
        }
        var index = Integer.parseInt(block.group(2));
        return switch (block.group(3)) {
            case "downsamplers" -> index + 1;
            case "upsamplers" -> levels - 2 - index;
            default -> block.group(1).equals("down") ? index : levels - 1 - index;
        };
    }
}
