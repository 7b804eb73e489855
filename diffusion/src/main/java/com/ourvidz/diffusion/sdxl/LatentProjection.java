package com.ourvidz.diffusion.sdxl;

import com.ourvidz.diffusion.image.RgbImage;
import com.ourvidz.diffusion.tensor.Noise;
import com.ourvidz.diffusion.tensor.Scoped;
import com.ourvidz.diffusion.vae.Autoencoder;
import java.util.Optional;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Small pictures of latents in about a millisecond: each latent becomes a block of pixels by one matrix. The matrix is the checkpoint's own,
 * fitted once by least squares to what its autoencoder makes of a few smooth latents, which takes a fraction of a picture's decoding.
 *
 * <p>Held as numbers of Java's, so that it outlives the call that fits it. For one thread at a time.
 */
final class LatentProjection {

    /** Pixels of the picture to one of the preview's, where a latent stands for as many. */
    private static final int REDUCTION = 8;

    private static final int SIDE = 8; // of the latents that are decoded for the fit
    private static final int SAMPLES_PER_UNKNOWN = 8;
    private static final double RIDGE = 1e-3;

    private final Autoencoder vae;
    private final int block; // pixels that a latent becomes, across
    private Optional<float[]> matrix = Optional.empty(); // (channels + 1, 3 * block * block)

    LatentProjection(Autoencoder vae) {
        this.vae = vae;
        this.block = Math.max(1, vae.stride() / REDUCTION);
    }

    /** The picture of latents in the UNet's scale, (1, channels, height, width): each becomes a block of pixels. */
    RgbImage image(Tensor latents) {
        return Scoped.value(() -> {
            long height = latents.size(2);
            long width = latents.size(3);
            Tensor blocks = rows(latents.cpu())
                    .matmul(matrix(latents.device()))
                    .reshape(1, height, width, -1)
                    .permute(0, 3, 1, 2); // (1, 3 * block * block, height, width)
            Tensor pixels = torch.pixel_shuffle(blocks, block);
            return new RgbImage((int) width * block, (int) height * block, Rgb.bytes(Rgb.unit(pixels)));
        });
    }

    private Tensor matrix(Device device) {
        if (matrix.isEmpty()) {
            matrix = Optional.of(Scoped.value(() -> fit(device)));
        }
        return Tensor.create(matrix.get(), vae.latentChannels() + 1, 3L * block * block);
    }

    private float[] fit(Device device) {
        Tensor latents = smooth();
        Tensor from = rows(latents);
        Tensor to = targets(latents, device);
        Tensor squares = from.t().matmul(from); // (channels + 1, channels + 1)
        Tensor ridge = torch.eye(squares.size(0)).mul(new Scalar(RIDGE * from.size(0)));
        Tensor solution =
                torch.linalg_solve(squares.add(ridge), from.t().matmul(to)).contiguous();
        float[] values = new float[Math.toIntExact(solution.numel())];
        solution.data_ptr_float().get(values);
        return values;
    }

    /** Latents as pictures have them: what lies side by side is alike. Enough for each unknown of the fit. */
    private Tensor smooth() {
        long fields = Math.ceilDiv((vae.latentChannels() + 1L) * SAMPLES_PER_UNKNOWN, SIDE * SIDE) + 1;
        Tensor coarse = new Noise(0).draw(fields, vae.latentChannels(), SIDE / 4, SIDE / 4);
        return torch.upsample_bilinear2d(coarse, new long[] {SIDE, SIDE}, false);
    }

    /** What the autoencoder makes of the latents, reduced to blocks: (latents, 3 * block * block). */
    private Tensor targets(Tensor latents, Device device) {
        TensorVector blocks = new TensorVector();
        for (long i = 0; i < latents.size(0); i++) {
            Tensor picture = vae.decode(
                            vae.scale().fromModel(latents.narrow(0, i, 1).to(device, ScalarType.Float)))
                    .to(ScalarType.Float)
                    .cpu();
            blocks.push_back(torch.pixel_unshuffle(torch.avg_pool2d(picture, vae.stride() / block), block));
        }
        return flat(torch.cat(blocks));
    }

    /** (latents, channels + 1): the last column is for what the matrix adds. */
    private static Tensor rows(Tensor latents) {
        Tensor flat = flat(latents);
        return torch.cat(new TensorVector(flat, torch.ones(flat.size(0), 1)), 1);
    }

    /** (batch, channels, height, width) to (batch * height * width, channels). */
    private static Tensor flat(Tensor x) {
        return x.permute(0, 2, 3, 1).reshape(-1, x.size(1));
    }
}
