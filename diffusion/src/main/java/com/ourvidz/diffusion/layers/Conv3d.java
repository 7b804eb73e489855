package com.ourvidz.diffusion.layers;

import com.ourvidz.diffusion.checkpoint.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** {@code nn.Conv3d}: (batch, in, frames, height, width) to (batch, out, frames', height', width'). */
public final class Conv3d implements Layer {

    private static final long[] NO_DILATION = {1, 1, 1};

    private final Tensor weight; // (out, in, kernel frames, kernel height, kernel width)
    private final TensorOptional bias; // (out)
    private final long[] stride;
    private final long[] padding;

    /** Of frames, height and width each. */
    public record Steps(int frames, int height, int width) {

        public static final Steps NONE = new Steps(0, 0, 0);
        public static final Steps ONE = new Steps(1, 1, 1);

        private long[] values() {
            return new long[] {frames, height, width};
        }
    }

    public Conv3d(Weights weights, long in, long out, Steps kernel, Steps stride, Steps padding) {
        this.weight = weights.get("weight", out, in, kernel.frames, kernel.height, kernel.width);
        this.bias = new TensorOptional(weights.get("bias", out));
        this.stride = stride.values();
        this.padding = padding.values();
    }

    @Override
    public Tensor forward(Tensor x) {
        return torch.conv3d(x, weight, bias, stride, padding, NO_DILATION, 1);
    }
}
