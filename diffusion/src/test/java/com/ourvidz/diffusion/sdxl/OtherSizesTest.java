package com.ourvidz.diffusion.sdxl;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.image.ImageFile;
import com.ourvidz.diffusion.sdxl.PromptEncoder.Embedding;
import com.ourvidz.diffusion.unet.Conditioning;
import com.ourvidz.diffusion.unet.UNet2DConditionModel;
import com.ourvidz.diffusion.vae.Autoencoder;
import com.ourvidz.diffusion.vae.Posterior;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two checkpoints whose sizes have little in common with the other one's or each other's, beside diffusers. */
class OtherSizesTest {

    private static final String PROMPT = "a red lighthouse by the sea at sunset";
    private static final String NEGATIVE = "blurry, low quality";

    @AutoClose
    PointerScope scope = new PointerScope();

    /** The checkpoints, and the sizes of the pictures that diffusers drew with them. */
    enum Checkpoint {
        OWN_A("own-a", 72, 40, 0.7),
        OWN_B("own-b", 24, 40, 0);

        final String folder;
        final int width;
        final int height;
        final double rescale;

        Checkpoint(String folder, int width, int height, double rescale) {
            this.folder = folder;
            this.width = width;
            this.height = height;
            this.rescale = rescale;
        }

        Weights golden() {
            return Golden.numbers(folder + "-golden.safetensors");
        }

        <T> T part(String name, BiFunction<Config, Weights, T> reader) {
            CheckpointFiles files = CheckpointFiles.of(Golden.path(folder));
            Config config = files.config(name);
            try (Weights weights = files.weights(name, config, ScalarType.Float)) {
                return reader.apply(config, weights);
            }
        }

        TextToImage request(String negative, int steps, Guidance guidance, long seed) {
            return new TextToImage(PROMPT, negative, width, height, steps, guidance, Optional.empty(), List.of(seed));
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsPromptsAsDiffusersDoes(Checkpoint checkpoint) {
        CheckpointFiles files = CheckpointFiles.of(Golden.path(checkpoint.folder));
        try (Weights golden = checkpoint.golden();
                SdxlModels models = SdxlModels.load(files, Options.defaults())) {
            Embedding prompt = models.promptEncoder().encode(PROMPT);
            Golden.assertClose(prompt.context(), golden, "text.context");
            Golden.assertClose(prompt.pooled(), golden, "text.pooled");
            Embedding negative = models.promptEncoder().encode(NEGATIVE);
            Golden.assertClose(negative.context(), golden, "text.negative_context");
            Golden.assertClose(negative.pooled(), golden, "text.negative_pooled");
        }
    }

    @ParameterizedTest
    @EnumSource
    void predictsAsDiffusersDoes(Checkpoint checkpoint) {
        UNet2DConditionModel unet = checkpoint.part("unet", UNet2DConditionModel::new);
        try (Weights golden = checkpoint.golden()) {
            Conditioning conditioning = new Conditioning(
                    Golden.get(golden, "unet.context"),
                    Golden.get(golden, "unet.pooled"),
                    Golden.get(golden, "unet.time_ids"));
            Tensor sample = Golden.get(golden, "unet.sample");
            Golden.assertClose(unet.forward(sample, 3, conditioning), golden, "unet.out_t3");
            Golden.assertClose(unet.forward(sample, 701, conditioning), golden, "unet.out_t701");
        }
    }

    @ParameterizedTest
    @EnumSource
    void encodesAndDecodesAsDiffusersDoes(Checkpoint checkpoint) {
        Autoencoder vae = checkpoint.part("vae", Autoencoder::of);
        try (Weights golden = checkpoint.golden()) {
            Posterior.Gaussian posterior = (Posterior.Gaussian) vae.encode(Golden.get(golden, "vae.image"));
            Golden.assertClose(posterior.mean(), golden, "vae.mean");
            Golden.assertClose(posterior.logvar(), golden, "vae.logvar");
            Golden.assertClose(vae.decode(Golden.get(golden, "vae.mean")), golden, "vae.decode");
        }
    }

    @ParameterizedTest
    @EnumSource
    void drawsAsDiffusersDoes(Checkpoint checkpoint) throws IOException {
        assertGolden(
                checkpoint, "t2i_negative", checkpoint.request(NEGATIVE, 5, new Guidance(5, checkpoint.rescale), 31));
        assertGolden(checkpoint, "t2i_empty", checkpoint.request("", 5, Guidance.of(3), 32));
        StartImage start =
                new StartImage(ImageFile.read(Files.readAllBytes(Golden.path(checkpoint.folder + "-start.png"))), 0.6);
        assertGolden(
                checkpoint,
                "i2i",
                checkpoint.request(NEGATIVE, 8, Guidance.of(4), 33).from(start));
    }

    private static void assertGolden(Checkpoint checkpoint, String run, TextToImage request) {
        List<Tensor> latents = new ArrayList<>();
        Tracker tracker = new Tracker(request, (stage, step, total) -> true) {
            @Override
            void denoised(Tensor step) {
                latents.add(step.clone().retainReference());
            }
        };
        try (Weights golden = checkpoint.golden();
                SdxlPipeline pipeline = SdxlPipeline.load(
                        Golden.path(checkpoint.folder), Options.defaults().withThreads(1))) {
            Pictures pictures = pipeline.generate(request, tracker);
            Golden.assertClose(latents.getFirst(), golden, run + ".latents_step0");
            Golden.assertClose(latents.getLast(), golden, run + ".latents_final");
            GoldenPicture.assertClose(pictures.pictures().getFirst(), golden, run + ".image", 0);
        }
    }
}
