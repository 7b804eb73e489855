package com.ourvidz.diffusion.lora;

import static com.ourvidz.diffusion.lora.LoraTensors.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Weights;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LorasTest {

    private static final String QUERY = "down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q.weight"; // (64, 64)
    private static final String KOHYA_QUERY = "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn1_to_q";
    private static final String CONV = "down_blocks.1.resnets.0.conv1.weight"; // (64, 32, 3, 3)
    private static final String KOHYA_CONV = "lora_unet_down_blocks_1_resnets_0_conv1";
    private static final int RANK = 4;

    @TempDir
    Path folder;

    @AutoClose
    PointerScope scope = new PointerScope();

    @Test
    void aLinearLayerGetsWeightTimesAlphaOverRankTimesUpTimesDown() {
        float[] down = numbers(1, RANK * 64);
        float[] up = numbers(2, 64 * RANK);
        LoraFile lora = lora(
                0.8,
                new LoraTensors()
                        .put(KOHYA_QUERY + ".lora_down.weight", down, RANK, 64)
                        .put(KOHYA_QUERY + ".lora_up.weight", up, 64, RANK)
                        .put(KOHYA_QUERY + ".alpha", new float[] {2}));
        float[] expected = sum(original(QUERY, 64, 64), 0.8 * 2 / RANK, up, down);
        assertClose(merged(ScalarType.Float, QUERY, List.of(lora), 64, 64), expected);
    }

    @Test
    void aConvolutionGetsTheProductOfItsFlattenedFactors() {
        float[] down = numbers(3, RANK * 32 * 9);
        float[] up = numbers(4, 64 * RANK);
        LoraFile lora = lora(
                -0.5,
                new LoraTensors()
                        .put(KOHYA_CONV + ".lora_down.weight", down, RANK, 32, 3, 3)
                        .put(KOHYA_CONV + ".lora_up.weight", up, 64, RANK, 1, 1)
                        .put(KOHYA_CONV + ".alpha", new float[] {1}, 1));
        float[] expected = sum(original(CONV, 64, 32, 3, 3), -0.5 / RANK, up, down);
        assertClose(merged(ScalarType.Float, CONV, List.of(lora), 64, 32, 3, 3), expected);
    }

    @ParameterizedTest
    @CsvSource({
        "lora_unet_input_blocks_3_0_op, down_blocks.0.downsamplers.0.conv, 32, 32, 3",
        "lora_unet_down_blocks_1_resnets_0_conv_shortcut, down_blocks.1.resnets.0.conv_shortcut, 64, 32, 1",
        "lora_unet_input_blocks_4_0_skip_connection, down_blocks.1.resnets.0.conv_shortcut, 64, 32, 1",
        "lora_unet_input_blocks_4_0_in_layers_2, down_blocks.1.resnets.0.conv1, 64, 32, 3",
        "lora_unet_middle_block_2_out_layers_3, mid_block.resnets.1.conv2, 64, 64, 3",
        "lora_unet_output_blocks_2_2_conv, up_blocks.0.upsamplers.0.conv, 64, 64, 3",
        "lora_unet_output_blocks_6_0_in_layers_2, up_blocks.2.resnets.0.conv1, 32, 96, 3",
        "lora_unet_input_blocks_0_0, conv_in, 32, 4, 3",
        "lora_unet_out_2, conv_out, 4, 32, 3"
    })
    void convolutionsAreFoundByEitherNaming(String key, String layer, int out, int in, int kernel) {
        float[] down = numbers(5, RANK * in * kernel * kernel);
        float[] up = numbers(6, out * RANK);
        LoraFile lora = lora(
                1,
                new LoraTensors()
                        .put(key + ".lora_down.weight", down, RANK, in, kernel, kernel)
                        .put(key + ".lora_up.weight", up, out, RANK, 1, 1));
        long[] shape = {out, in, kernel, kernel};
        float[] expected = sum(original(layer + ".weight", shape), 1, up, down);
        assertClose(merged(ScalarType.Float, layer + ".weight", List.of(lora), shape), expected);
    }

    @ParameterizedTest
    @CsvSource({
        "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn1_to_q, .lora_down.weight, .lora_up.weight",
        "lora_unet_input_blocks_4_1_transformer_blocks_0_attn1_to_q, .lora_down.weight, .lora_up.weight",
        "unet.down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q, .lora_A.weight, .lora_B.weight",
        "unet.down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q, .lora.down.weight, .lora.up.weight",
        "unet.down_blocks.1.attentions.0.transformer_blocks.0.attn1.processor.to_q, _lora.down.weight, _lora.up.weight"
    })
    void aLayerIsFoundByEveryNamingAndAlphaIsTheRankWhereThereIsNone(String key, String downEnding, String upEnding) {
        LoraFile lora = lora(
                0.8,
                new LoraTensors()
                        .put(key + downEnding, numbers(1, RANK * 64), RANK, 64)
                        .put(key + upEnding, numbers(2, 64 * RANK), 64, RANK));
        float[] expected = sum(original(QUERY, 64, 64), 0.8, numbers(2, 64 * RANK), numbers(1, RANK * 64));
        assertClose(merged(ScalarType.Float, QUERY, List.of(lora), 64, 64), expected);
    }

    @Test
    void severalAddUp() {
        float[] once = sum(original(QUERY, 64, 64), 0.8, numbers(2, 64 * RANK), numbers(1, RANK * 64));
        float[] expected = sum(once, -0.3, numbers(8, 64 * RANK), numbers(7, RANK * 64));
        List<LoraFile> both = List.of(query("first", 0.8, 1, 2), query("second", -0.3, 7, 8));
        assertClose(merged(ScalarType.Float, QUERY, both, 64, 64), expected);
    }

    @Test
    void theSumIsRoundedOnce() {
        List<LoraFile> lora = List.of(query("lora", 0.8, 1, 2));
        Tensor exact = merged(ScalarType.Float, QUERY, lora, 64, 64);
        Tensor rounded = merged(ScalarType.BFloat16, QUERY, lora, 64, 64);
        assertThat(rounded.scalar_type().intern()).isEqualTo(ScalarType.BFloat16);
        assertThat(rounded.equal(exact.to(ScalarType.BFloat16))).isTrue();
    }

    @Test
    void aLayerThatNoLoraHasStaysAsItIs() {
        assertThat(floats(merged(ScalarType.Float, CONV, List.of(query("lora", 0.8, 1, 2)), 64, 32, 3, 3)))
                .isEqualTo(original(CONV, 64, 32, 3, 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lora_te_text_model_encoder_layers_0_mlp_fc1",
                "lora_unet_down_blocks_9_attentions_0_transformer_blocks_0_attn1_to_q",
                "lora_unet_input_blocks_1_1_transformer_blocks_0_attn1_to_q",
                "transformer.blocks.0.attn.to_q"
            })
    void aKeyThatFitsNoLayerIsNamedWithItsFile(String key) {
        LoraFile lora = lora(
                1,
                new LoraTensors()
                        .put(key + ".lora_down.weight", numbers(1, 64), 1, 64)
                        .put(key + ".lora_up.weight", numbers(2, 64), 64, 1));
        assertThatThrownBy(() -> merged(ScalarType.Float, QUERY, List.of(lora), 64, 64))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(key)
                .hasMessageContaining("lora.safetensors");
    }

    @ParameterizedTest
    @CsvSource({
        ".dora_scale, DoRA",
        ".lora_magnitude_vector.weight, DoRA",
        ".hada_w1_a, LoHa",
        ".lokr_w1, LoKr",
        ".lora_mid.weight, third factor",
        ".diff_b, whole differences",
        ".weight, not known"
    })
    void aKeyOfAnotherKindIsNamedWithItsFile(String ending, String reason) {
        LoraTensors tensors = tensors(1, 2).put(KOHYA_QUERY + ending, numbers(3, 64), 64);
        assertThatThrownBy(() -> Loras.open(List.of(lora(1, tensors))))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(KOHYA_QUERY + ending)
                .hasMessageContaining("lora.safetensors")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({"4, 32, 64, 4, down", "4, 64, 32, 4, up", "4, 64, 64, 8, up", "0, 64, 64, 0, down"})
    void aShapeThatDoesNotFitIsNamedWithItsFile(int rank, int in, int out, int upRank, String wrong) {
        LoraFile lora = lora(
                1,
                new LoraTensors()
                        .put(KOHYA_QUERY + ".lora_down.weight", numbers(1, rank * in), rank, in)
                        .put(KOHYA_QUERY + ".lora_up.weight", numbers(2, out * upRank), out, upRank));
        assertThatThrownBy(() -> merged(ScalarType.Float, QUERY, List.of(lora), 64, 64))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(KOHYA_QUERY + ".lora_" + wrong + ".weight")
                .hasMessageContaining("lora.safetensors");
    }

    @Test
    void halfALayerIsRefused() {
        LoraTensors tensors = new LoraTensors().put(KOHYA_QUERY + ".lora_down.weight", numbers(1, 64), 1, 64);
        assertThatThrownBy(() -> Loras.open(List.of(lora(1, tensors))))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(KOHYA_QUERY + ".lora_down.weight");
    }

    @Test
    void anAlphaThatIsNoNumberIsRefused() {
        LoraTensors tensors = tensors(1, 2).put(KOHYA_QUERY + ".alpha", new float[] {Float.NaN});
        assertThatThrownBy(() -> merged(ScalarType.Float, QUERY, List.of(lora(1, tensors)), 64, 64))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(KOHYA_QUERY + ".alpha");
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        assertThatThrownBy(() -> Loras.open(List.of(new LoraFile(folder.resolve("fox.safetensors"), 1))))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("fox.safetensors");
    }

    @Test
    void aPickleFileIsRefused() {
        Path file = new LoraTensors().write(folder.resolve("fox.pt"));
        assertThatThrownBy(() -> Loras.open(List.of(new LoraFile(file, 1))))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("fox.pt");
    }

    private LoraFile query(String name, double weight, int downSeed, int upSeed) {
        return new LoraFile(tensors(downSeed, upSeed).write(folder.resolve(name + ".safetensors")), weight);
    }

    private static LoraTensors tensors(int downSeed, int upSeed) {
        return new LoraTensors()
                .put(KOHYA_QUERY + ".lora_down.weight", numbers(downSeed, RANK * 64), RANK, 64)
                .put(KOHYA_QUERY + ".lora_up.weight", numbers(upSeed, 64 * RANK), 64, RANK);
    }

    private LoraFile lora(double weight, LoraTensors tensors) {
        return new LoraFile(tensors.write(folder.resolve("lora.safetensors")), weight);
    }

    /** A tensor of the UNet as a model gets it. */
    private static Tensor merged(ScalarType dtype, String tensor, List<LoraFile> files, long... shape) {
        try (Weights unet = Weights.open(Golden.path("tiny-sdxl/unet"), dtype);
                Loras loras = Loras.open(files)) {
            Weights merged = loras.mergeInto("unet", unet);
            merged.get(QUERY, 64, 64); // what the LoRAs of most tests are for
            int end = tensor.lastIndexOf('.');
            Tensor result = merged.under(tensor.substring(0, end)).get(tensor.substring(end + 1), shape);
            loras.requireAllUsed();
            return result;
        }
    }

    private static float[] original(String tensor, long... shape) {
        try (Weights unet = Weights.open(Golden.path("tiny-sdxl/unet"), ScalarType.Float)) {
            return floats(unet.get(tensor, shape));
        }
    }

    /** W + scale * up * down, in doubles. */
    private static float[] sum(float[] weight, double scale, float[] up, float[] down) {
        int columns = down.length / RANK;
        float[] sum = new float[weight.length];
        for (int i = 0; i < weight.length; i++) {
            double product = 0;
            for (int r = 0; r < RANK; r++) {
                product += (double) up[i / columns * RANK + r] * down[r * columns + i % columns];
            }
            sum[i] = (float) (weight[i] + scale * product);
        }
        return sum;
    }

    private static float[] floats(Tensor tensor) {
        float[] floats = new float[Math.toIntExact(tensor.numel())];
        tensor.contiguous().data_ptr_float().get(floats);
        return floats;
    }

    private static void assertClose(Tensor actual, float[] expected) {
        float[] floats = floats(actual);
        assertThat(floats).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) floats[i]).as("number " + i).isCloseTo(expected[i], within(1e-6));
        }
    }
}
