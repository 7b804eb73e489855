package com.ourvidz.diffusion.wan;

import com.ourvidz.diffusion.image.RgbImage;
import com.ourvidz.diffusion.tensor.Scoped;
import com.ourvidz.diffusion.wanvae.AutoencoderKLWan;
import com.ourvidz.diffusion.wanvae.Clip;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What VACE knows of a video (Jiang et al. 2025), prepared as diffusers' {@code WanVACEPipeline} does: one video of the frames that stay, one
 * of the frames that are made, each black where the other is not, and a mask of which is which.
 */
final class VaceConditioning {

    /** What stands for a frame that is not known. Where none is known, diffusers has exactly the middle of -1 … 1. */
    private static final float GREY = Pixels.ofLevel(128);

    private final AutoencoderKLWan vae;
    private final Device device;
    private final long[] latentShape;
    private final int frames;
    private final Map<Integer, RgbImage> known;
    private final NothingKnown nothingKnown;
    private final Tracker tracker;
    private int groups;

    /** For latents of {@code latentShape}: 1, channels, frames, height, width. */
    VaceConditioning(
            AutoencoderKLWan vae,
            Device device,
            TextToVideo request,
            long[] latentShape,
            NothingKnown nothingKnown,
            Tracker tracker) {
        this.vae = vae;
        this.device = device;
        this.latentShape = latentShape.clone();
        this.frames = vae.frames((int) latentShape[2]);
        this.known = known(request, frames);
        this.nothingKnown = nothingKnown;
        this.tracker = tracker;
    }

    /**
     * The last picture stands for the last frame that is kept and for those after it, which are dropped: they share its latent frame, whose
     * mask is read at one of them. For it alone a video of 83 frames would take no notice.
     */
    private static Map<Integer, RgbImage> known(TextToVideo request, int frames) {
        Map<Integer, RgbImage> known = new HashMap<>();
        request.references().first().ifPresent(image -> known.put(0, image));
        request.references()
                .last()
                .ifPresent(
                        image -> IntStream.range(request.frames() - 1, frames).forEach(i -> known.put(i, image)));
        return Map.copyOf(known);
    }

    /** Of {@link #latents}: two times the autoencoder's, and one of the mask for each pixel of a latent. */
    static int channels(AutoencoderKLWan vae) {
        return 2 * vae.latentChannels() + vae.spatialStride() * vae.spatialStride();
    }

    /** (1, channels, latent frames, latent height, latent width). */
    Tensor latents() {
        return known.isEmpty() ? nothingKnown.latents(latentShape, this::encoded) : encoded();
    }

    /** No frame that stays is the same as no frame that is made: one is encoded for both. */
    private Tensor encoded() {
        Tensor staying = encode(index ->
                Optional.ofNullable(known.get(index)).map(Pixels::frame).orElseGet(() -> uniform(0)));
        Tensor made = known.isEmpty() ? staying : encode(index -> uniform(known.containsKey(index) ? 0 : GREY));
        return torch.cat(new TensorVector(staying, made, mask()), 1);
    }

    private Tensor encode(IntFunction<Tensor> frame) {
        Clip clip = (first, count) -> {
            TensorVector group = new TensorVector();
            IntStream.range(first, first + count).mapToObj(frame).forEach(group::push_back);
            tracker.encoded(++groups, (int) latentShape[2] * (known.isEmpty() ? 1 : 2));
            return torch.cat(group, 0).to(device, ScalarType.Float);
        };
        return Scoped.result(() -> vae.toModel(vae.encode(frames, clip).mean()));
    }

    private Tensor uniform(float value) {
        long stride = vae.spatialStride();
        return torch.full(new long[] {1, 3, latentShape[3] * stride, latentShape[4] * stride}, new Scalar(value));
    }

    /** 1 for frames that are made, at every pixel: (1, stride * stride, latent frames, latent height, latent width). */
    private Tensor mask() {
        float[] values = new float[(int) latentShape[2]];
        for (int i = 0; i < values.length; i++) {
            values[i] = known.containsKey(frameOf(i)) ? 0 : 1;
        }
        long stride = vae.spatialStride();
        return Tensor.create(values, 1, 1, values.length, 1, 1)
                .expand(1, stride * stride, values.length, latentShape[3], latentShape[4])
                .to(device, ScalarType.Float);
    }

    /** The frame whose mask counts for a latent frame, by PyTorch's {@code nearest-exact} over all frames at once, as in diffusers. */
    private int frameOf(int latentFrame) {
        return (int) ((latentFrame + 0.5) * frames / latentShape[2]);
    }
}
