package com.ourvidz.diffusion.original;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.Tampered;
import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Rename;
import com.ourvidz.diffusion.checkpoint.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same weights, in one file with the original names and in a folder with diffusers'. */
class OriginalNamesTest {

    private static final Path FOLDER = Golden.path("tiny-sdxl");

    @TempDir
    private Path folder;

    @Test
    void everyTensorOfTheUnetIsFoundBitForBit() {
        assertSame("unet", OriginalModel.UNET, UNetNames::of);
    }

    @Test
    void everyTensorOfTheAutoencoderIsFoundBitForBit() {
        assertSame("vae", OriginalModel.VAE, VaeNames::of);
    }

    @Test
    void everyTensorOfTheFirstTextEncoderIsFoundBitForBit() {
        assertSame("text_encoder", OriginalModel.TEXT_ENCODER, _ -> List.of(new Rename("text_model", "text_model")));
    }

    @Test
    void everyTensorOfTheSecondTextEncoderIsFoundBitForBit() {
        assertSame("text_encoder_2", OriginalModel.TEXT_ENCODER_2, OpenClipNames::of);
    }

    @Test
    void publishedBlocksHaveTheNumbersThatModelSitesUse() {
        Config config = Tampered.copy("tiny-sdxl", folder).config("unet/config.json");
        Map<String, String> names = UNetNames.of(config).stream().collect(Collectors.toMap(Rename::from, Rename::to));
        assertThat(names)
                .containsEntry("input_blocks.3.0.op", "down_blocks.0.downsamplers.0.conv")
                .containsEntry("input_blocks.8.1", "down_blocks.2.attentions.1")
                .containsEntry("output_blocks.2.2.conv", "up_blocks.0.upsamplers.0.conv")
                .containsEntry("output_blocks.8.0.out_layers.3", "up_blocks.2.resnets.2.conv2");
    }

    @Test
    void levelsMayDifferInTheirLayers() {
        Config config = Tampered.copy("tiny-sdxl", folder)
                .setting("unet/config.json", "layers_per_block", "[1, 3, 2]")
                .config("unet/config.json");
        Map<String, String> names = UNetNames.of(config).stream().collect(Collectors.toMap(Rename::from, Rename::to));
        assertThat(names)
                .containsEntry("input_blocks.2.0.op", "down_blocks.0.downsamplers.0.conv")
                .containsEntry("input_blocks.6.0.op", "down_blocks.1.downsamplers.0.conv")
                .containsEntry("input_blocks.8.1", "down_blocks.2.attentions.1")
                .containsEntry("output_blocks.3.1", "up_blocks.1.attentions.0")
                .containsEntry("output_blocks.8.1.conv", "up_blocks.2.upsamplers.0.conv")
                .doesNotContainKey("input_blocks.9.0.in_layers.0");
    }

    @Test
    void aDamagedNumberOfLayersIsRefusedByName() {
        Config config = Tampered.copy("tiny-sdxl", folder)
                .setting("unet/config.json", "layers_per_block", "2000000000")
                .config("unet/config.json");
        assertThatThrownBy(() -> UNetNames.of(config))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll("layers_per_block", "2000000000");
    }

    private static void assertSame(String part, String prefix, Function<Config, List<Rename>> names) {
        Config config = Config.read(FOLDER.resolve(part).resolve("config.json"));
        try (PointerScope _ = new PointerScope();
                Weights expected = Weights.open(FOLDER.resolve(part), ScalarType.Half);
                Weights file = Golden.numbers("tiny-sdxl-single-file.safetensors", ScalarType.Half)) {
            Weights actual = file.under(prefix).renamed(names.apply(config));
            assertThat(actual.names()).isEqualTo(expected.names()).isNotEmpty();
            for (String name : expected.names()) {
                assertThat(Golden.get(actual, name).equal(Golden.get(expected, name)))
                        .as(name)
                        .isTrue();
                assertThat(Golden.get(actual, name).is_contiguous()).as(name).isTrue();
            }
        }
    }
}
