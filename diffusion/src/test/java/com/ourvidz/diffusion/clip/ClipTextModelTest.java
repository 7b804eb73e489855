package com.ourvidz.diffusion.clip;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipTextModelTest {

    private final PointerScope scope = new PointerScope();

    @AfterEach
    void free() {
        scope.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void theFirstEncoderGivesTheHiddenStatesBeforeItsLastLayer(int prompt) {
        try (Weights golden = Golden.numbers("tiny-sdxl-golden.safetensors")) {
            ClipText text = model("text_encoder").forward(ids(golden, "prompt" + prompt + ".ids1"));
            Golden.assertClose(text.penultimate(), golden, "prompt" + prompt + ".te1_penultimate");
            assertThat(text.pooled()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void theSecondEncoderGivesTheProjectedEndOfTextToo(int prompt) {
        try (Weights golden = Golden.numbers("tiny-sdxl-golden.safetensors")) {
            ClipText text = model("text_encoder_2").forward(ids(golden, "prompt" + prompt + ".ids2"));
            Golden.assertClose(text.penultimate(), golden, "prompt" + prompt + ".te2_penultimate");
            Golden.assertClose(text.pooled().orElseThrow(), golden, "prompt" + prompt + ".te2_pooled");
        }
    }

    private static ClipTextModel model(String component) {
        Path folder = Golden.path("tiny-sdxl").resolve(component);
        try (Weights weights = Weights.open(folder, ScalarType.Float)) {
            return new ClipTextModel(Config.read(folder.resolve("config.json")), weights);
        }
    }

    private static long[] ids(Weights golden, String name) {
        Tensor ids = Golden.get(golden, name);
        long[] values = new long[Math.toIntExact(ids.numel())];
        ids.data_ptr_long().get(values);
        return values;
    }
}
