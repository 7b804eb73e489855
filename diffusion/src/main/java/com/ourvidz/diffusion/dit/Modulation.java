package com.ourvidz.diffusion.dit;

import com.ourvidz.diffusion.checkpoint.Weights;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Adaptive layer norm (Peebles and Xie 2023): the time, added to a learned table, scales and shifts what is normed. In float32 throughout. */
final class Modulation {

    private final Tensor scaleShiftTable; // (1, rows, size)
    private final long[] size;
    private final double epsilon;

    /** @param rows of the table: numbers for each of {@code size} channels */
    Modulation(WanConfig config, Weights weights, int rows) {
        this.scaleShiftTable = weights.as(ScalarType.Float).get("scale_shift_table", 1, rows, config.size());
        this.size = new long[] {config.size()};
        this.epsilon = config.epsilon();
    }

    /** The rows at a time, (batch, rows, size) or (batch, 1, size): each (batch, 1, size). */
    TensorVector at(Tensor time) {
        return scaleShiftTable.add(time.to(ScalarType.Float)).chunk(scaleShiftTable.size(1), 1);
    }

    /** The layer norm of (batch, tokens, size), scaled by 1 more than {@code scale} and shifted. */
    Tensor norm(Tensor x, Tensor shift, Tensor scale) {
        return torch.layer_norm(
                        x.to(ScalarType.Float), size, new TensorOptional(), new TensorOptional(), epsilon, false)
                .mul_(scale.add(new Scalar(1.0)))
                .add_(shift)
                .to(x.scalar_type());
    }
}
