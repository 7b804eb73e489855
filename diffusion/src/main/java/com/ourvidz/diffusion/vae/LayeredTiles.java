package com.ourvidz.diffusion.vae;

import com.ourvidz.diffusion.layers.Layer;
import com.ourvidz.diffusion.tensor.Scoped;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The tiles of diffusers' {@code AutoencoderTiny}: each lies over those before it by an eighth, and fades in.
 *
 * @param in side of the tiles that go in; a multiple of 8
 * @param out side of what becomes of one; a multiple of 16
 * @param channels of what becomes of them
 */
record LayeredTiles(int in, int out, int channels) {

    /** What a side of latents is a multiple of, so that overlaps are whole and more than a latent. */
    static final int UNIT = 16;

    private static final int OVERLAP = 8; // the part of a side

    /** {@code layer} of (batch, …, height, width), tile by tile; at once when that is one tile. */
    Tensor forward(Tensor x, Layer layer) {
        int step = in - in / OVERLAP;
        if (x.size(2) <= step && x.size(3) <= step) {
            return layer.forward(x);
        }
        return Scoped.result(() -> {
            Tensor picture = torch.zeros(x.size(0), channels, scaled(x.size(2)), scaled(x.size(3)));
            for (long top = 0; top < x.size(2); top += step) {
                for (long left = 0; left < x.size(3); left += step) {
                    lay(picture, x, layer, top, left);
                }
            }
            return picture;
        });
    }

    private long scaled(long length) {
        return length * out / in;
    }

    private void lay(Tensor picture, Tensor x, Layer layer, long top, long left) {
        Scoped.value(() -> {
            Tensor tile = layer.forward(
                    x.narrow(2, top, Math.min(in, x.size(2) - top)).narrow(3, left, Math.min(in, x.size(3) - left)));
            Tensor place = picture.narrow(2, scaled(top), tile.size(2)).narrow(3, scaled(left), tile.size(3));
            Tensor share = rising(tile.size(2), top).view(-1, 1).mul(rising(tile.size(3), left));
            return place.copy_(place.lerp(tile.to(ScalarType.Float), share)).defined();
        });
    }

    /** From 0 to 1 over the overlap; 1 everywhere at the picture's edge. */
    private Tensor rising(long length, long start) {
        if (start == 0) {
            return torch.ones(length);
        }
        int overlap = out / OVERLAP;
        Tensor share = torch.arange(new Scalar(length)).to(ScalarType.Float).div(new Scalar(overlap - 1.0));
        return torch.clamp_max(share, new Scalar(1.0));
    }
}
