package com.ourvidz.diffusion.sdxl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.Tampered;
import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.checkpoint.Written;
import com.ourvidz.diffusion.clip.ClipTextModel;
import com.ourvidz.diffusion.scheduler.EulerScheduler;
import com.ourvidz.diffusion.scheduler.Scheduler;
import com.ourvidz.diffusion.tensor.Precision;
import com.ourvidz.diffusion.unet.UNet2DConditionModel;
import com.ourvidz.diffusion.vae.Autoencoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint as model sites distribute it. */
class SingleFileTest {

    private static final Options OPTIONS = Options.defaults().withThreads(1);
    private static final Path FILE = Golden.path("tiny-sdxl-single-file.safetensors");
    private static final Path CONFIG = Golden.path("tiny-sdxl");
    private static final String UNET = "model.diffusion_model.input_blocks.0.0.weight:320x4x3x3";
    private static final String LABELS = "model.diffusion_model.label_emb.0.0.weight:1280x2816";
    private static final TextToImage REQUEST = new TextToImage(
            "a red lighthouse by the sea at sunset", "", 128, 128, 6, Guidance.of(6), Optional.empty(), List.of(7L));

    @TempDir
    private Path folder;

    @Test
    void drawsAsDiffusersDoes() {
        List<Tensor> latents = new ArrayList<>();
        try (PointerScope _ = new PointerScope();
                Weights golden = Golden.numbers("tiny-sdxl-golden.safetensors");
                SdxlPipeline pipeline = SdxlPipeline.load(FILE, CONFIG, OPTIONS)) {
            pipeline.generate(REQUEST, new Tracker(REQUEST, (stage, step, total) -> true) {
                @Override
                void denoised(Tensor step) {
                    latents.add(step.clone().retainReference());
                }
            });
            Golden.assertClose(latents.getLast(), golden, "t2i_euler.latents_final");
        }
    }

    @Test
    void drawsTheBytesThatTheFolderWithItsWeightsDraws() {
        try (SdxlPipeline file = SdxlPipeline.load(FILE, CONFIG, OPTIONS.withPrecision(Precision.BFLOAT16));
                SdxlPipeline whole = SdxlPipeline.load(CONFIG, OPTIONS.withPrecision(Precision.BFLOAT16))) {
            assertThat(bytes(file)).isEqualTo(bytes(whole));
        }
    }

    @Test
    void withoutAConfigFolderATokenizerIsAskedFor() {
        assertRefused(FILE, "holds no tokenizer", "no config folder", "vocab.json");
    }

    @Test
    void aConfigFolderWithoutTokenizersIsNamed() {
        assertThatThrownBy(() -> SdxlPipeline.load(FILE, folder, OPTIONS).close())
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(folder.toString(), "no folder 'tokenizer'");
    }

    @Test
    void sizesAreThePublishedOnesWhereNoOthersAreGiven() throws IOException {
        Tampered.copy("tiny-sdxl/tokenizer", Files.createDirectory(folder.resolve("tokenizer")));
        Tampered.copy("tiny-sdxl/tokenizer", Files.createDirectory(folder.resolve("tokenizer_2")));
        assertThatThrownBy(() -> SdxlPipeline.load(FILE, folder, OPTIONS).close())
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll("token_embedding.weight", "[809, 32]", "[49408, 768]");
    }

    @Test
    void publishedSettingsAreWholeForEveryPart() {
        Config scheduler = PublishedConfig.read("scheduler/scheduler_config.json");
        assertThat(Scheduler.of(scheduler)).isInstanceOf(EulerScheduler.class);
        assertAsksFor("text_encoder", "[49408, 768]", ClipTextModel::new);
        assertAsksFor("text_encoder_2", "[49408, 1280]", ClipTextModel::new);
        assertAsksFor("unet", "[1280, 320]", UNet2DConditionModel::new);
        assertAsksFor("vae", "[128]", (config, weights) -> Autoencoder.of(config, weights));
    }

    @Test
    void aFileThatIsMarkedAsPredictingVIsSampledSo() throws IOException {
        Config unmarked = new SingleFile(FILE, Optional.of(folder)).config("scheduler");
        assertThat(unmarked.text("prediction_type")).isEqualTo("epsilon");
        Config marked = new SingleFile(marked("v_pred"), Optional.of(folder)).config("scheduler");
        assertThat(marked.text("prediction_type")).isEqualTo("v_prediction");
        assertThat(marked.has("rescale_betas_zero_snr")).isFalse();
        Config noSignal = new SingleFile(marked("v_pred", "ztsnr"), Optional.of(folder)).config("scheduler");
        assertThat(noSignal.text("prediction_type")).isEqualTo("v_prediction");
        assertThat(noSignal.flag("rescale_betas_zero_snr", false)).isTrue();
        assertThat(noSignal.text("timestep_spacing")).isEqualTo("trailing");
    }

    /** The folder is often that of the model from which the file was tuned, and says that this one predicts the noise. */
    @Test
    void theMarkCountsMoreThanTheConfigFolder() throws IOException {
        Path file = marked("v_pred", "ztsnr");
        assertThat(new SingleFile(file, Optional.of(CONFIG)).config("scheduler").text("prediction_type"))
                .isEqualTo("v_prediction");
        try (SdxlPipeline marked = SdxlPipeline.load(file, CONFIG, OPTIONS);
                SdxlPipeline unmarked = SdxlPipeline.load(FILE, CONFIG, OPTIONS)) {
            assertThat(bytes(marked)).isNotEqualTo(bytes(unmarked));
        }
    }

    /** The tiny file with empty tensors of these names. */
    private Path marked(String... names) throws IOException {
        ByteBuffer old = ByteBuffer.wrap(Files.readAllBytes(FILE)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] header = new byte[Math.toIntExact(old.getLong())];
        old.get(header);
        String marks = Arrays.stream(names)
                .map(name -> "\"" + name + "\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},")
                .collect(Collectors.joining());
        byte[] longer = ("{" + marks + new String(header, StandardCharsets.UTF_8).substring(1))
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(8 + longer.length + old.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        Path file = folder.resolve(String.join("-", names) + ".safetensors");
        return Files.write(
                file, bytes.putLong(longer.length).put(longer).put(old).array());
    }

    @Test
    void stableDiffusion1IsRefusedByName() {
        assertRefused(file(UNET, "cond_stage_model.transformer.text_model.x:1"), "Stable Diffusion 1", "Choose");
    }

    @Test
    void stableDiffusion2IsRefusedByName() {
        assertRefused(file(UNET, "cond_stage_model.model.ln_final.bias:1"), "Stable Diffusion 2", "Choose");
    }

    @Test
    void aUnetWithoutAddedConditionsIsRefused() {
        assertRefused(file(UNET), "Stable Diffusion 1 or 2", "label_emb");
    }

    @Test
    void anInpaintingUnetIsRefusedByName() {
        Path file = file(
                "model.diffusion_model.input_blocks.0.0.weight:320x9x3x3",
                LABELS,
                "conditioner.embedders.1.model.ln_final.bias:1");
        assertRefused(file, "inpainting", "9 channels", "Choose");
    }

    @Test
    void theRefinerIsRefusedByName() {
        assertRefused(file(UNET, LABELS, "conditioner.embedders.0.model.ln_final.bias:1"), "refiner", "Choose");
    }

    @Test
    void aFileWithoutAnAutoencoderIsRefused() {
        Path file = file(
                UNET,
                LABELS,
                "conditioner.embedders.0.transformer.x:1",
                "conditioner.embedders.1.model.ln_final.bias:1");
        assertRefused(file, "not a whole SDXL", "first_stage_model");
    }

    @Test
    void aFileOfSomethingElseIsRefused() {
        assertRefused(file("lora_unet_down.weight:1"), "model.diffusion_model", "SDXL");
    }

    @Test
    void aPickleFileIsRefused() throws IOException {
        assertRefused(Files.createFile(folder.resolve("model.ckpt")), "pickle");
    }

    @Test
    void settingsForAFolderThatHasItsOwnAreRefused() {
        assertThatThrownBy(() -> SdxlPipeline.load(CONFIG, CONFIG, OPTIONS).close())
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("own settings");
    }

    private static byte[] bytes(SdxlPipeline pipeline) {
        return pipeline.generate(REQUEST, (stage, step, total) -> true)
                .pictures()
                .getFirst()
                .rgb();
    }

    /** The tiny file is refused for its sizes: the settings themselves were accepted. */
    private static void assertAsksFor(String part, String shape, BiFunction<Config, Weights, ?> reader) {
        SingleFile file = new SingleFile(FILE, Optional.empty());
        Config config = file.config(part);
        try (PointerScope _ = new PointerScope();
                Weights weights = file.weights(part, config, ScalarType.Float)) {
            assertThatThrownBy(() -> reader.apply(config, weights))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("asks for " + shape);
        }
    }

    /** A file of float16 tensors, each given as name:shape, all of zeros. */
    private Path file(String... tensors) {
        long[] end = {0};
        String header = Arrays.stream(tensors)
                .map(tensor -> entry(tensor.substring(0, tensor.indexOf(':')), tensor.replaceAll(".*:", ""), end))
                .collect(Collectors.joining(",", "{", "}"));
        return Written.safetensors(folder.resolve("model.safetensors"), header, new byte[Math.toIntExact(end[0])]);
    }

    private static String entry(String name, String shape, long[] end) {
        long begin = end[0];
        end[0] += 2
                * Arrays.stream(shape.split("x", -1)).mapToLong(Long::parseLong).reduce(1, (a, b) -> a * b);
        return "'%s':{'dtype':'F16','shape':[%s],'data_offsets':[%d,%d]}"
                .formatted(name, shape.replace('x', ','), begin, end[0]);
    }

    private static void assertRefused(Path checkpoint, String... words) {
        assertThatThrownBy(() -> SdxlPipeline.load(checkpoint, OPTIONS).close())
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(words);
    }
}
