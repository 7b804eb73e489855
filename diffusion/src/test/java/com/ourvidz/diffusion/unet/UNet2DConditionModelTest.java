package com.ourvidz.diffusion.unet;

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

class UNet2DConditionModelTest {

    private final PointerScope scope = new PointerScope();

    @AfterEach
    void free() {
        scope.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 500, 981})
    void predictsWhatDiffusersDoesForAPictureThatIsNotSquare(int timestep) {
        try (Weights golden = Golden.numbers("tiny-sdxl-golden.safetensors")) {
            Conditioning conditioning = new Conditioning(
                    Golden.get(golden, "unet.context"),
                    Golden.get(golden, "unet.pooled"),
                    Golden.get(golden, "unet.time_ids"));
            Tensor output = model().forward(Golden.get(golden, "unet.sample"), timestep, conditioning);
            Golden.assertClose(output, golden, "unet.out_t" + timestep);
        }
    }

    private static UNet2DConditionModel model() {
        Path folder = Golden.path("tiny-sdxl/unet");
        try (Weights weights = Weights.open(folder, ScalarType.Float)) {
            return new UNet2DConditionModel(Config.read(folder.resolve("config.json")), weights);
        }
    }
}
