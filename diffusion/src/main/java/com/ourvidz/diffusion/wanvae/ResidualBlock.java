package com.ourvidz.diffusion.wanvae;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.tensor.Scoped;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** {@code WanResidualBlock}: two causal convolutions around which the input passes. */
final class ResidualBlock implements CausalLayer {

    private final ChannelNorm norm1;
    private final CausalConv conv1;
    private final ChannelNorm norm2;
    private final CausalConv conv2;
    private final Optional<PointwiseConv> convShortcut;

    ResidualBlock(Weights weights, int in, int out) {
        this.norm1 = new ChannelNorm(weights.under("norm1"), in);
        this.conv1 = new CausalConv(weights.under("conv1"), in, out);
        this.norm2 = new ChannelNorm(weights.under("norm2"), out);
        this.conv2 = new CausalConv(weights.under("conv2"), out, out);
        this.convShortcut =
                in == out ? Optional.empty() : Optional.of(new PointwiseConv(weights.under("conv_shortcut"), in, out));
    }

    @Override
    public Tensor forward(Tensor x, FeatureCache cache) {
        return Scoped.result(() -> {
            Tensor hidden = Scoped.result(() -> conv1.forward(norm1.forwardSilu(x), cache));
            Tensor result = Scoped.result(() -> conv2.forward(norm2.forwardSilu(hidden), cache));
            return result.add_(convShortcut.map(shortcut -> shortcut.forward(x)).orElse(x));
        });
    }
}
