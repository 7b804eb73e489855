package com.ourvidz.diffusion.wanvae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.Tampered;
import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.vae.Posterior;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoencoderKLWanTest {

    private final PointerScope scope = new PointerScope();
    private final Weights golden = Golden.numbers("tiny-wan-golden.safetensors");

    @TempDir
    private Path folder;

    @AfterEach
    void free() {
        golden.close();
        scope.close();
    }

    @Test
    void encodesNineFramesAsDiffusersDoes() {
        Tensor video = get("vae.video");
        Posterior.Gaussian posterior = model(Golden.path("tiny-wan/vae")).encode(9, clip(video));
        Golden.assertClose(posterior.mean(), golden, "vae.mean");
        Golden.assertClose(posterior.logvar(), golden, "vae.logvar");
    }

    @Test
    void decodesNineFramesAsDiffusersDoes() {
        Golden.assertClose(decoded(get("vae.z")), golden, "vae.decode");
    }

    @Test
    void decodesOneFrameAsDiffusersDoes() {
        Golden.assertClose(decoded(get("vae.z").narrow(2, 0, 1)), golden, "vae.decode_1frame");
    }

    @Test
    void handsOnOneFrameThenFourAtATime() {
        List<Long> groups = new ArrayList<>();
        model(Golden.path("tiny-wan/vae")).decode(get("vae.z"), frames -> groups.add(frames.size(0)));
        assertThat(groups).containsExactly(1L, 4L, 4L);
    }

    @Test
    void countsFramesInWholeLatents() {
        AutoencoderKLWan vae = model(Golden.path("tiny-wan/vae"));
        assertThat(vae.latentFrames(1)).isEqualTo(1);
        assertThat(vae.latentFrames(2)).isEqualTo(2);
        assertThat(vae.latentFrames(83)).isEqualTo(22);
        assertThat(vae.frames(22)).isEqualTo(85);
    }

    @Test
    void framesThatNoLatentsStandForAreRefused() {
        AutoencoderKLWan vae = model(Golden.path("tiny-wan/vae"));
        Tensor video = get("vae.video");
        assertThatThrownBy(() -> vae.encode(8, clip(video)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8 frames");
    }

    @ParameterizedTest
    @CsvSource({
        "is_residual, true",
        "patch_size, 2",
        "attn_scales, [0.5]",
        "'temperal_downsample', '[true, true]'",
        "z_dim, 4"
    })
    void aSettingThatIsNotSupportedIsRefused(String name, String value) {
        Tampered checkpoint = Tampered.copy("tiny-wan/vae", folder).setting("config.json", name, value);
        assertThatThrownBy(() -> model(checkpoint.folder()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(name);
    }

    private Tensor decoded(Tensor latents) {
        TensorVector groups = new TensorVector();
        model(Golden.path("tiny-wan/vae")).decode(latents, groups::push_back);
        return torch.cat(groups, 0).transpose(0, 1).unsqueeze(0);
    }

    private static Clip clip(Tensor video) {
        Tensor frames = video.squeeze(0).transpose(0, 1);
        return (first, count) -> frames.narrow(0, first, count);
    }

    private Tensor get(String name) {
        return Golden.get(golden, name);
    }

    private static AutoencoderKLWan model(Path folder) {
        try (Weights weights = Weights.open(folder, ScalarType.Float)) {
            return new AutoencoderKLWan(Config.read(folder.resolve("config.json")), weights);
        }
    }
}
