package com.ourvidz.diffusion.sdxl;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.lora.LoraFile;
import com.ourvidz.diffusion.unet.Conditioning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A checkpoint with a LoRA, beside diffusers with the same file fused at the same weight. */
class LoraGoldenTest {

    @AutoClose
    PointerScope scope = new PointerScope();

    @AutoClose
    Weights golden = Golden.numbers("lora-golden.safetensors");

    @ParameterizedTest
    @CsvSource({"kohya, 0.8", "peft, 0.7", "unet, -0.5"})
    void predictsAndDrawsAsDiffusersDoes(String naming, double weight) {
        LoraFile lora = new LoraFile(Golden.path("lora-" + naming + ".safetensors"), weight);
        Options options = Options.defaults().withThreads(1).withLoras(List.of(lora));
        assertPredicts(naming, options);
        assertDraws(naming, options);
    }

    private void assertPredicts(String naming, Options options) {
        Conditioning conditioning = new Conditioning(
                Golden.get(golden, "context"), Golden.get(golden, "pooled"), Golden.get(golden, "time_ids"));
        try (SdxlModels models = SdxlModels.load(CheckpointFiles.of(Golden.path("tiny-sdxl")), options)) {
            Tensor output = models.unet().forward(Golden.get(golden, "sample"), 500, conditioning);
            Golden.assertClose(output, golden, naming + ".unet");
            Tensor without = Golden.get(golden, "none.unet");
            assertThat(output.sub(without).abs().max().item_float()).isGreaterThan(0.1f);
        }
    }

    private void assertDraws(String naming, Options options) {
        TextToImage request = new TextToImage(
                "a red lighthouse by the sea at sunset", "", 64, 64, 3, Guidance.of(5), Optional.empty(), List.of(7L));
        List<Tensor> latents = new ArrayList<>();
        Tracker tracker = new Tracker(request, (stage, step, total) -> true) {
            @Override
            void denoised(Tensor step) {
                latents.add(step.clone().retainReference());
            }
        };
        try (SdxlPipeline pipeline = SdxlPipeline.load(Golden.path("tiny-sdxl"), options)) {
            Pictures pictures = pipeline.generate(request, tracker);
            Golden.assertClose(latents.getLast(), golden, naming + ".latents_final");
            GoldenPicture.assertClose(pictures.pictures().getFirst(), golden, naming + ".image", 0);
        }
    }
}
