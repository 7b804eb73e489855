package com.ourvidz.diffusion.wanvae;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Heads;
import com.ourvidz.diffusion.layers.Linear;
import com.ourvidz.diffusion.tensor.Scoped;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** {@code WanAttentionBlock}: in each frame, of all pixels to all, in one head. The shape stays. */
final class FrameAttention implements CausalLayer {

    private final ChannelNorm norm;
    private final Linear toQkv;
    private final Heads heads;
    private final Linear proj;

    FrameAttention(Weights weights, int channels) {
        this.norm = new ChannelNorm(weights.under("norm"), channels);
        this.toQkv = Linear.ofPointwiseConvolution(weights.under("to_qkv"), channels, 3L * channels);
        this.heads = new Heads(1, false);
        this.proj = Linear.ofPointwiseConvolution(weights.under("proj"), channels, channels);
    }

    @Override
    public Tensor forward(Tensor x, FeatureCache cache) {
        return Scoped.result(() -> {
            Tensor pixels = norm.forward(x).permute(0, 2, 3, 1).flatten(1, 2); // (frames, pixels, channels)
            TensorVector qkv = toQkv.forward(pixels).chunk(3, 2);
            Tensor attended = proj.forward(heads.attend(
                    qkv.get(0).contiguous(), qkv.get(1).contiguous(), qkv.get(2).contiguous()));
            return attended.transpose(1, 2).reshape(x.sizes()).add(x);
        });
    }
}
