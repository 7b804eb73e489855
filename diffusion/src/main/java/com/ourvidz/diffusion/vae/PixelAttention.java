package com.ourvidz.diffusion.vae;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.GroupNorm;
import com.ourvidz.diffusion.layers.Heads;
import com.ourvidz.diffusion.layers.Layer;
import com.ourvidz.diffusion.layers.Linear;
import com.ourvidz.diffusion.tensor.Scoped;
import org.bytedeco.pytorch.Tensor;

/** Attention of all pixels to all, in one head: (batch, channels, height, width) to the same. */
final class PixelAttention implements Layer {

    private final GroupNorm groupNorm;
    private final Linear toQ;
    private final Linear toK;
    private final Linear toV;
    private final Heads heads;
    private final Linear toOut;

    PixelAttention(Weights weights, KlConfig config, int channels) {
        this.groupNorm =
                new GroupNorm(weights.under("group_norm"), config.normGroups(), channels, config.normEpsilon());
        this.toQ = linear(weights, "to_q", "query", channels);
        this.toK = linear(weights, "to_k", "key", channels);
        this.toV = linear(weights, "to_v", "value", channels);
        this.heads = new Heads(1, false);
        this.toOut = linear(weights, "to_out.0", "proj_attn", channels);
    }

    /** Checkpoints from before 2023 have other names. */
    private static Linear linear(Weights weights, String name, String oldName, int channels) {
        return new Linear(weights.under(weights.hasUnder(oldName) ? oldName : name), channels, channels);
    }

    @Override
    public Tensor forward(Tensor x) {
        return Scoped.result(() -> {
            Tensor pixels = groupNorm.forward(x).permute(0, 2, 3, 1).flatten(1, 2); // (batch, height * width, channels)
            Tensor attended =
                    toOut.forward(heads.attend(toQ.forward(pixels), toK.forward(pixels), toV.forward(pixels)));
            Tensor result = attended.view(x.size(0), x.size(2), x.size(3), x.size(1));
            return result.permute(0, 3, 1, 2).contiguous().add_(x); // (batch, channels, height, width)
        });
    }
}
