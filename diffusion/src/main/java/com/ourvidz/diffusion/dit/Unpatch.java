package com.ourvidz.diffusion.dit;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Linear;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** The last norm and projection: tokens, (batch, tokens, size), to latents, (batch, channels, frames, height, width). */
final class Unpatch {

    private static final int ROWS = 2;

    private final Grid patch;
    private final Modulation modulation;
    private final Linear projOut;

    Unpatch(WanConfig config, Weights weights) {
        this.patch = config.patch();
        this.modulation = new Modulation(config, weights, ROWS);
        this.projOut =
                new Linear(weights.under("proj_out"), config.size(), (long) config.outChannels() * patch.volume());
    }

    Tensor forward(Tensor x, Tensor time, Grid tokens) {
        TensorVector rows = modulation.at(time);
        Tensor patches = projOut.forward(modulation.norm(x, rows.get(0), rows.get(1)));
        return patches.reshape(
                        x.size(0),
                        tokens.frames(),
                        tokens.height(),
                        tokens.width(), //
                        patch.frames(),
                        patch.height(),
                        patch.width(),
                        -1)
                .permute(
                        0, 7, 1, 4, 2, 5, 3,
                        6) // (batch, channels, frames, 1 of patch, height, of patch, width, of patch)
                .flatten(6, 7)
                .flatten(4, 5)
                .flatten(2, 3);
    }
}
