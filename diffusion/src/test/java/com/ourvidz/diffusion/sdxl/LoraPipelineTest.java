package com.ourvidz.diffusion.sdxl;

import static com.ourvidz.diffusion.lora.LoraTensors.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.Tampered;
import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.lora.LoraFile;
import com.ourvidz.diffusion.lora.LoraTensors;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of a checkpoint with LoRAs, beside those of a checkpoint into whose files the same was added by hand. */
class LoraPipelineTest {

    private static final int RANK = 4;
    private static final int SIZE = 64;
    private static final int TEXT_SIZE = 32;
    private static final double WEIGHT = 0.7;
    private static final double ALPHA = 8;

    private static final String UNET = "unet/diffusion_pytorch_model.safetensors";
    private static final String ATTENTION = "mid_block.attentions.0.transformer_blocks.0.attn2.to_out.0";
    private static final String VALUE = "text_model.encoder.layers.1.self_attn.v_proj";
    private static final String QUERY = "text_model.encoder.layers.2.self_attn.q_proj";

    @TempDir
    Path folder;

    @AutoClose
    PointerScope scope = new PointerScope();

    @Test
    void kohyasNamingDrawsAsTheSumByHand() {
        LoraTensors lora = new LoraTensors();
        layer(lora, "lora_unet_" + ATTENTION.replace('.', '_'), ".lora_down.weight", ".lora_up.weight", SIZE);
        layer(lora, "lora_te1_" + VALUE.replace('.', '_'), ".lora_down.weight", ".lora_up.weight", TEXT_SIZE);
        layer(lora, "lora_te2_" + QUERY.replace('.', '_'), ".lora_down.weight", ".lora_up.weight", TEXT_SIZE);
        assertDrawsAsByHand(lora);
    }

    @Test
    void thePublishedModelsNamingDrawsAsTheSumByHand() {
        LoraTensors lora = new LoraTensors();
        String attention = "lora_unet_middle_block_1_transformer_blocks_0_attn2_to_out_0";
        layer(lora, attention, ".lora_down.weight", ".lora_up.weight", SIZE);
        layer(lora, "lora_te1_" + VALUE.replace('.', '_'), ".lora_down.weight", ".lora_up.weight", TEXT_SIZE);
        layer(lora, "lora_te2_" + QUERY.replace('.', '_'), ".lora_down.weight", ".lora_up.weight", TEXT_SIZE);
        assertDrawsAsByHand(lora);
    }

    @Test
    void diffusersNamingDrawsAsTheSumByHand() {
        LoraTensors lora = new LoraTensors();
        layer(lora, "unet." + ATTENTION, ".lora_A.weight", ".lora_B.weight", SIZE);
        layer(lora, "text_encoder." + VALUE, ".lora_A.weight", ".lora_B.weight", TEXT_SIZE);
        layer(lora, "text_encoder_2." + QUERY, ".lora_A.weight", ".lora_B.weight", TEXT_SIZE);
        assertDrawsAsByHand(lora);
    }

    @Test
    void weight0DrawsAsWithout() {
        LoraTensors lora = new LoraTensors();
        layer(lora, "unet." + ATTENTION, ".lora_A.weight", ".lora_B.weight", SIZE);
        assertThat(draw(Golden.path("tiny-sdxl"), List.of(file(lora, 0))))
                .isEqualTo(draw(Golden.path("tiny-sdxl"), List.of()));
    }

    @Test
    void aKeyThatNoComponentHasIsNamedWhenTheCheckpointIsLoaded() {
        LoraTensors lora = new LoraTensors();
        layer(lora, "unet." + ATTENTION, ".lora_A.weight", ".lora_B.weight", SIZE);
        layer(lora, "unet.mid_block.lighthouse", ".lora_A.weight", ".lora_B.weight", SIZE);
        LoraFile file = file(lora, 1);
        assertThatThrownBy(() -> draw(Golden.path("tiny-sdxl"), List.of(file)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("unet.mid_block.lighthouse.lora_A.weight")
                .hasMessageContaining("lora.safetensors")
                .hasMessageContaining("1 of 2");
    }

    private void assertDrawsAsByHand(LoraTensors lora) {
        byte[] merged = draw(Golden.path("tiny-sdxl"), List.of(file(lora, WEIGHT)));
        byte[] byHand = draw(byHand(), List.of());
        byte[] without = draw(Golden.path("tiny-sdxl"), List.of());
        assertThat(largestDifference(merged, byHand)).isLessThanOrEqualTo(1); // of 255, where a sum is on the edge
        assertThat(largestDifference(merged, without)).isGreaterThan(10);
    }

    private static void layer(LoraTensors lora, String key, String down, String up, int size) {
        lora.put(key + down, numbers(1, RANK * size), RANK, size)
                .put(key + up, numbers(2, size * RANK), size, RANK)
                .put(key + ".alpha", new float[] {(float) ALPHA});
    }

    private LoraFile file(LoraTensors lora, double weight) {
        return new LoraFile(lora.write(folder.resolve("lora.safetensors")), weight);
    }

    private Path byHand() {
        Path copy = Tampered.copy("tiny-sdxl", folder.resolve("by-hand")).folder();
        rewrite(copy.resolve(UNET), ATTENTION + ".weight", SIZE);
        rewrite(copy.resolve("text_encoder/model.safetensors"), VALUE + ".weight", TEXT_SIZE);
        rewrite(copy.resolve("text_encoder_2/model.safetensors"), QUERY + ".weight", TEXT_SIZE);
        return copy;
    }

    /** Adds to one tensor of a file, and stores all as float32. */
    private static void rewrite(Path file, String changed, int size) {
        LoraTensors all = new LoraTensors();
        try (Weights weights = Weights.open(file, ScalarType.Float)) {
            for (String name : weights.names()) {
                Tensor tensor = Golden.get(weights, name);
                float[] numbers = new float[Math.toIntExact(tensor.numel())];
                tensor.data_ptr_float().get(numbers);
                if (name.equals(changed)) {
                    add(numbers, size);
                }
                all.put(name, numbers, tensor.sizes().vec().get());
            }
        }
        all.write(file);
    }

    private static void add(float[] numbers, int size) {
        float[] down = numbers(1, RANK * size);
        float[] up = numbers(2, size * RANK);
        for (int i = 0; i < numbers.length; i++) {
            double product = 0;
            for (int r = 0; r < RANK; r++) {
                product += (double) up[i / size * RANK + r] * down[r * size + i % size];
            }
            numbers[i] += (float) (WEIGHT * ALPHA / RANK * product);
        }
    }

    private static byte[] draw(Path checkpoint, List<LoraFile> loras) {
        Options options = Options.defaults().withThreads(1).withLoras(loras);
        TextToImage request = new TextToImage(
                "a red lighthouse by the sea", "", 64, 64, 2, Guidance.of(5), Optional.empty(), List.of(7L));
        try (SdxlPipeline pipeline = SdxlPipeline.load(checkpoint, options)) {
            Pictures pictures = pipeline.generate(request, (stage, step, total) -> true);
            return pictures.pictures().getFirst().rgb();
        }
    }

    private static int largestDifference(byte[] one, byte[] other) {
        return IntStream.range(0, one.length)
                .map(i -> Math.abs((one[i] & 0xff) - (other[i] & 0xff)))
                .max()
                .orElseThrow();
    }
}
