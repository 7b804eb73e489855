package com.ourvidz.diffusion.vae;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.tensor.Noise;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three by two tiles of 128 pixels, the last ones cut; of pictures, every third pixel of every third row. */
class TilingTest {

    private static final int SIDE = 128;
    private static final int LATENTS = 16;
    private static final long GIGABYTE = 1L << 30;

    private final PointerScope scope = new PointerScope();
    private final Weights golden = Golden.numbers("tiling.safetensors");
    private final Tensor latents = new Noise(1).draw(1, 4, 24, 20);
    private final Tensor image = new Noise(2).draw(1, 3, 192, 160).tanh();

    @AfterEach
    void free() {
        golden.close();
        scope.close();
    }

    @Test
    void decodesInTilesAsDiffusersDoes() {
        Golden.assertClose(thirds(kl(Tiling.ON).decode(latents)), golden, "kl.decode");
    }

    @Test
    void encodesInTilesAsDiffusersDoes() {
        Posterior.Gaussian posterior = kl(Tiling.ON).encode(image);
        Golden.assertClose(posterior.mean(), golden, "kl.mean");
        Golden.assertClose(posterior.logvar(), golden, "kl.logvar");
    }

    @Test
    void aPictureOfOneTileIsTheSameAsTheWhole() {
        Tensor small = latents.narrow(2, 0, LATENTS).narrow(3, 0, LATENTS);
        assertThat(kl(Tiling.ON).decode(small).equal(kl(Tiling.OFF).decode(small)))
                .isTrue();
    }

    @Test
    void whatFitsIntoMemoryIsNotCut() {
        assertThat(kl(Tiling.AUTO).decode(latents).equal(kl(Tiling.OFF).decode(latents)))
                .isTrue();
    }

    @Test
    void tinyAutoencodersCodeInTilesAsDiffusersDoes() {
        AutoencoderTiny model = tiny();
        Golden.assertClose(thirds(model.decode(latents)), golden, "tiny.whole");
        Golden.assertClose(
                thirds(new LayeredTiles(LATENTS, SIDE, 3).forward(latents, model::decode)), golden, "tiny.decode");
        Golden.assertClose(
                new LayeredTiles(SIDE, LATENTS, 4)
                        .forward(image, x -> model.encode(x).latents()),
                golden,
                "tiny.encode");
    }

    @Test
    void tilesAreTheLargestThatFitIntoWhatIsFree() {
        TileSize sdxl = new TileSize(Tiling.AUTO, 1024, 32, 256);
        assertThat(sdxl.fitting(1024, 1024, OptionalLong.of(64 * GIGABYTE))).isEmpty();
        assertThat(sdxl.fitting(2048, 2048, OptionalLong.of(6 * GIGABYTE))).hasValue(1024);
        assertThat(sdxl.fitting(1024, 1024, OptionalLong.of(2 * GIGABYTE))).hasValue(512);
        assertThat(sdxl.fitting(1024, 1024, OptionalLong.of(0))).hasValue(256);
        assertThat(sdxl.fitting(1024, 1024, OptionalLong.empty())).isEmpty();
        assertThat(new TileSize(Tiling.OFF, 1024, 32, 256).of(1 << 20, 1 << 20)).isEqualTo(OptionalInt.empty());
    }

    /** Every third pixel of every third row. */
    private static Tensor thirds(Tensor picture) {
        return picture.slice(2, new LongOptional(0), new LongOptional(picture.size(2)), 3)
                .slice(3, new LongOptional(0), new LongOptional(picture.size(3)), 3);
    }

    private static AutoencoderKL kl(Tiling tiling) {
        Path folder = Golden.path("tiny-sdxl/vae");
        try (Weights weights = Weights.open(folder, ScalarType.Float)) {
            return new AutoencoderKL(Config.read(folder.resolve("config.json")), weights, tiling);
        }
    }

    private static AutoencoderTiny tiny() {
        Path folder = Golden.path("tiny-autoencoder");
        try (Weights weights = Weights.open(folder, ScalarType.Float)) {
            return new AutoencoderTiny(Config.read(folder.resolve("config.json")), weights);
        }
    }
}
