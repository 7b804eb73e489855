package com.ourvidz.diffusion.wan;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.image.RgbImage;
import com.ourvidz.diffusion.tensor.Device;
import com.ourvidz.diffusion.wanvae.AutoencoderKLWan;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaceConditioningTest {

    private static final int SIDE = 16;

    @AutoClose
    PointerScope scope = new PointerScope();

    /** Of 9 frames that are made some are dropped, and the mask of their latent frame is read at one of these: the eighth, as in diffusers. */
    @ParameterizedTest
    @ValueSource(ints = {6, 7, 8})
    void theMaskLeavesOutTheLatentFrameOfTheLastPicture(int frames) {
        assertThat(mask(frames)).containsExactly(1f, 1f, 0f);
    }

    @Test
    void theLastOfEightyThreeFramesIsKnown() {
        assertThat(mask(83)).hasSize(22).endsWith(1f, 0f);
    }

    /** The mask's value in each latent frame. */
    private float[] mask(int frames) {
        AutoencoderKLWan vae = vae();
        RgbImage last = new RgbImage(SIDE, SIDE, new byte[3 * SIDE * SIDE]);
        TextToVideo request = new TextToVideo("a fox in snow", "", SIDE, SIDE, frames, 1, 1, Optional.empty(), 7)
                .heldTo(new References(Optional.empty(), Optional.of(last), 1));
        int latentFrames = Math.ceilDiv(frames - 1, 4) + 1;
        long[] shape = {1, vae.latentChannels(), latentFrames, SIDE / 8, SIDE / 8};
        Tracker tracker = new Tracker(request, (stage, step, total) -> true);
        Tensor latents =
                new VaceConditioning(vae, Device.CPU.torch(), request, shape, new NothingKnown(), tracker).latents();
        Tensor mask = latents.select(1, 2L * vae.latentChannels()); // the first of its channels
        return values(mask, latentFrames);
    }

    private static float[] values(Tensor mask, int latentFrames) {
        float[] values = new float[latentFrames];
        IntStream.range(0, latentFrames)
                .forEach(i -> values[i] = mask.select(1, i).mean().item_float());
        return values;
    }

    private static AutoencoderKLWan vae() {
        try (Weights weights = Weights.open(Golden.path("tiny-wan-vace/vae"), ScalarType.Float)) {
            return new AutoencoderKLWan(Config.read(Golden.path("tiny-wan-vace/vae/config.json")), weights);
        }
    }
}
