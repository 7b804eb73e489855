package com.ourvidz.diffusion.vae;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Conv2d;
import com.ourvidz.diffusion.layers.Downsample2D;
import com.ourvidz.diffusion.layers.GroupNorm;
import com.ourvidz.diffusion.layers.Layer;
import com.ourvidz.diffusion.layers.ResnetBlock2D;
import com.ourvidz.diffusion.layers.Sequential;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** (batch, inChannels, height, width) to (batch, 2 * latentChannels, height / stride, width / stride). */
final class Encoder {

    private final Conv2d convIn;
    private final Sequential downBlocks;
    private final MidBlock midBlock;
    private final GroupNorm convNormOut;
    private final Conv2d convOut;

    Encoder(Weights weights, KlConfig config) {
        int first = config.blockChannels().getFirst();
        int last = config.blockChannels().getLast();
        this.convIn = new Conv2d(weights.under("conv_in"), config.inChannels(), first, 3);
        this.downBlocks = downBlocks(weights, config);
        this.midBlock = new MidBlock(weights.under("mid_block"), config);
        this.convNormOut =
                new GroupNorm(weights.under("conv_norm_out"), config.normGroups(), last, config.normEpsilon());
        this.convOut = new Conv2d(weights.under("conv_out"), last, 2L * config.latentChannels(), 3);
    }

    private static Sequential downBlocks(Weights weights, KlConfig config) {
        List<Layer> layers = new ArrayList<>();
        int channels = config.blockChannels().getFirst();
        for (int i = 0; i < config.blockChannels().size(); i++) {
            Weights block = weights.under("down_blocks." + i);
            int out = config.blockChannels().get(i);
            for (int j = 0; j < config.layersPerBlock(); j++) {
                layers.add(new ResnetBlock2D(block.under("resnets." + j), config.resnet(j == 0 ? channels : out, out)));
            }
            if (i < config.blockChannels().size() - 1) {
                layers.add(new Downsample2D(block.under("downsamplers.0"), out, 0));
            }
            channels = out;
        }
        return new Sequential(layers);
    }

    Tensor forward(Tensor image) {
        Tensor x = midBlock.forward(downBlocks.forward(convIn.forward(image)));
        return convOut.forward(convNormOut.forwardSilu(x));
    }
}
