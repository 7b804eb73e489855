package com.ourvidz.diffusion.dit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.Tampered;
import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WanTransformer3DModelTest {

    private final PointerScope scope = new PointerScope();
    private final Weights golden = Golden.numbers("tiny-wan-golden.safetensors");

    @TempDir
    private Path folder;

    @AfterEach
    void free() {
        golden.close();
        scope.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 500, 999})
    void predictsWhatDiffusersPredicts(int timestep) {
        Tensor output = model(Golden.path("tiny-wan/transformer"))
                .forward(get("dit.x"), timestep, new TextContext(get("dit.context")), Optional.empty());
        Golden.assertClose(output, golden, "dit.out_t" + timestep);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0", "0.5", "1.0"})
    void controlCountsAsMuchAsItsScaleSays(String scale) {
        VaceControl control = new VaceControl(get("vace.control"), Double.parseDouble(scale));
        Tensor output = model(Golden.path("tiny-wan-vace/transformer"))
                .forward(get("dit.x"), 500, new TextContext(get("dit.context")), Optional.of(control));
        Golden.assertClose(output, golden, "vace.out_s" + scale);
    }

    @Test
    void zerosAfterThePromptsEndCountAsManyAsTheyAre() {
        WanTransformer3DModel model = model(Golden.path("tiny-wan/transformer"));
        Tensor all = get("prompt0.embeds"); // 18 tokens and 46 zeros
        Tensor expected = model.forward(get("dit.x"), 500, new TextContext(all), Optional.empty());
        Tensor output = model.forward(get("dit.x"), 500, new TextContext(all.narrow(1, 0, 19), 46), Optional.empty());
        Tensor once = model.forward(get("dit.x"), 500, new TextContext(all.narrow(1, 0, 19)), Optional.empty());
        Golden.assertClose(output, expected, "counted");
        assertThat(once.sub(expected).abs().max().item_float()).isGreaterThan(0.01f);
    }

    @ParameterizedTest
    @CsvSource({
        "qk_norm, '\"rms_norm\"'",
        "added_kv_proj_dim, 24",
        "image_dim, 1280",
        "_class_name, '\"SkyReelsV2Transformer3DModel\"'"
    })
    void aSettingThatIsNotSupportedIsRefusedByName(String name, String value) {
        Tampered checkpoint = Tampered.copy("tiny-wan/transformer", folder).setting("config.json", name, value);
        assertThatThrownBy(() -> model(checkpoint.folder()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("'" + name + "'");
    }

    @Test
    void aVaceLayerThatIsNotThereIsRefused() {
        Tampered checkpoint =
                Tampered.copy("tiny-wan-vace/transformer", folder).setting("config.json", "vace_layers", "[0, 7]");
        assertThatThrownBy(() -> model(checkpoint.folder()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("vace_layers");
    }

    private Tensor get(String name) {
        return Golden.get(golden, name);
    }

    private static WanTransformer3DModel model(Path folder) {
        try (Weights weights = Weights.open(folder, ScalarType.Float)) {
            return new WanTransformer3DModel(Config.read(folder.resolve("config.json")), weights);
        }
    }
}
