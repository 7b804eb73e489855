package com.ourvidz.diffusion.vae;

import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.layers.Conv2d;
import com.ourvidz.diffusion.layers.GroupNorm;
import com.ourvidz.diffusion.layers.Layer;
import com.ourvidz.diffusion.layers.ResnetBlock2D;
import com.ourvidz.diffusion.layers.Sequential;
import com.ourvidz.diffusion.layers.Upsample2D;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** (batch, latentChannels, height, width) to (batch, outChannels, stride * height, stride * width). */
final class Decoder {

    private final Conv2d convIn;
    private final MidBlock midBlock;
    private final Sequential upBlocks;
    private final GroupNorm convNormOut;
    private final Conv2d convOut;

    Decoder(Weights weights, KlConfig config) {
        int first = config.blockChannels().getLast();
        int last = config.blockChannels().getFirst();
        this.convIn = new Conv2d(weights.under("conv_in"), config.latentChannels(), first, 3);
        this.midBlock = new MidBlock(weights.under("mid_block"), config);
        this.upBlocks = upBlocks(weights, config, config.blockChannels().reversed());
        this.convNormOut =
                new GroupNorm(weights.under("conv_norm_out"), config.normGroups(), last, config.normEpsilon());
        this.convOut = new Conv2d(weights.under("conv_out"), last, config.outChannels(), 3);
    }

    private static Sequential upBlocks(Weights weights, KlConfig config, List<Integer> blockChannels) {
        List<Layer> layers = new ArrayList<>();
        int channels = blockChannels.getFirst();
        for (int i = 0; i < blockChannels.size(); i++) {
            Weights block = weights.under("up_blocks." + i);
            int out = blockChannels.get(i);
            for (int j = 0; j <= config.layersPerBlock(); j++) {
                layers.add(new ResnetBlock2D(block.under("resnets." + j), config.resnet(j == 0 ? channels : out, out)));
            }
            if (i < blockChannels.size() - 1) {
                layers.add(new Upsample2D(block.under("upsamplers.0"), out));
            }
            channels = out;
        }
        return new Sequential(layers);
    }

    Tensor forward(Tensor latents) {
        Tensor x = upBlocks.forward(midBlock.forward(convIn.forward(latents)));
        return convOut.forward(convNormOut.forwardSilu(x));
    }
}
