package com.ourvidz.diffusion.dit;

import com.ourvidz.diffusion.tensor.Scoped;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Rotary position embedding (Su et al. 2021) in three dimensions: the pairs of numbers in a head are shared out between time, height and
 * width, and each pair is turned by an angle that grows with its token's place there. Angles are computed in float64, as WAN was trained.
 *
 * @param headSize even; 128 is split into 44, 42 and 42
 */
record RotaryEmbedding(int headSize) {

    private static final double LONGEST_PERIOD = 10_000;

    /** How queries and keys of the tokens of a video are turned: complex numbers of length 1, (1, tokens, 1, headSize / 2). */
    Tensor of(Grid tokens) {
        int space = 2 * (headSize / 6);
        int time = headSize - 2 * space;
        return Scoped.result(() -> {
            Tensor byFrame = along(tokens.frames(), time).view(tokens.frames(), 1, 1, time / 2, 2);
            Tensor byRow = along(tokens.height(), space).view(1, tokens.height(), 1, space / 2, 2);
            Tensor byColumn = along(tokens.width(), space).view(1, 1, tokens.width(), space / 2, 2);
            Tensor joined = torch.cat(
                    new TensorVector(spread(byFrame, tokens), spread(byRow, tokens), spread(byColumn, tokens)), 3);
            return torch.view_as_complex(joined.view(1, tokens.volume(), 1, headSize / 2, 2));
        });
    }

    /** Turns (batch, tokens, heads, headSize). */
    static Tensor rotate(Tensor x, Tensor rotation) {
        Tensor pairs = x.to(ScalarType.Float).unflatten(3, x.size(3) / 2, 2); // (batch, tokens, heads, headSize / 2, 2)
        Tensor turned = torch.view_as_complex(pairs).mul(rotation);
        return torch.view_as_real(turned).flatten(3, 4).to(x.scalar_type());
    }

    private static Tensor spread(Tensor axis, Grid tokens) {
        return axis.expand(tokens.frames(), tokens.height(), tokens.width(), axis.size(3), 2);
    }

    /** Cosine and sine of each place and pair: places * size / 2 * 2 numbers. */
    private static Tensor along(int places, int size) {
        float[] values = new float[places * size];
        for (int place = 0; place < places; place++) {
            for (int i = 0; i < size; i += 2) {
                double angle = place / Math.pow(LONGEST_PERIOD, (double) i / size);
                values[place * size + i] = (float) Math.cos(angle);
                values[place * size + i + 1] = (float) Math.sin(angle);
            }
        }
        return Tensor.create(values, values.length);
    }
}
