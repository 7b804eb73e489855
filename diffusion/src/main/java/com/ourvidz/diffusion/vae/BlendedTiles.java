package com.ourvidz.diffusion.vae;

import com.ourvidz.diffusion.layers.Layer;
import com.ourvidz.diffusion.tensor.Scoped;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The tiles of diffusers' {@code AutoencoderKL}: each overlaps the next by a quarter, where one fades into the other.
 *
 * @param in side of the tiles that go in; a multiple of 4
 * @param out side of what becomes of one; a multiple of 4
 */
record BlendedTiles(int in, int out) {

    /** What a side of latents is a multiple of, so that overlaps are whole on both sides. */
    static final int UNIT = 4;

    private static final int OVERLAP = 4; // the part of a side

    /** {@code layer} of (batch, channels, height, width), tile by tile; at once when that is one tile. */
    Tensor forward(Tensor x, Layer layer) {
        if (x.size(2) <= in && x.size(3) <= in) {
            return layer.forward(x);
        }
        return Scoped.result(() -> {
            List<Tensor> rows = new ArrayList<>();
            List<Tensor> above = List.of();
            for (long top = 0; top < x.size(2); top += in - in / OVERLAP) {
                above = row(x.narrow(2, top, Math.min(in, x.size(2) - top)), above, layer);
                rows.add(join(above.stream().map(this::withoutOverlap).toList(), 3));
            }
            return join(rows, 2);
        });
    }

    /** The tiles of one row, blended into the row above and into one another. */
    private List<Tensor> row(Tensor x, List<Tensor> above, Layer layer) {
        List<Tensor> row = new ArrayList<>();
        for (long left = 0; left < x.size(3); left += in - in / OVERLAP) {
            Tensor part = x.narrow(3, left, Math.min(in, x.size(3) - left));
            row.add(Scoped.result(() -> layer.forward(part)));
        }
        for (int i = 0; i < row.size(); i++) {
            if (!above.isEmpty()) {
                blend(above.get(i), row.get(i), 2);
            }
            if (i > 0) {
                blend(row.get(i - 1), row.get(i), 3);
            }
        }
        return row;
    }

    /** Fades the end of {@code before} out over the start of {@code tile}, along one dimension. */
    private void blend(Tensor before, Tensor tile, int dimension) {
        long extent = Math.min(out / OVERLAP, Math.min(before.size(dimension), tile.size(dimension)));
        Scoped.value(() -> {
            Tensor start = tile.narrow(dimension, 0, extent);
            Tensor end = before.narrow(dimension, before.size(dimension) - extent, extent);
            return start.copy_(end.lerp(start, rising(extent, dimension))).defined();
        });
    }

    /** 0, 1 / extent … of the tile itself. */
    private static Tensor rising(long extent, int dimension) {
        Tensor share = torch.arange(new Scalar(extent)).to(ScalarType.Float).div(new Scalar((double) extent));
        return dimension == 2 ? share.view(extent, 1) : share;
    }

    private Tensor withoutOverlap(Tensor tile) {
        int kept = out - out / OVERLAP;
        return tile.narrow(2, 0, Math.min(kept, tile.size(2))).narrow(3, 0, Math.min(kept, tile.size(3)));
    }

    private static Tensor join(List<Tensor> parts, int dimension) {
        return torch.cat(new TensorVector(parts.toArray(Tensor[]::new)), dimension);
    }
}
