package com.ourvidz.diffusion.unet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.diffusion.Tampered;
import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UNetConfigTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "addition_embed_type|null",
                "addition_embed_type|\"image\"",
                "mid_block_type|\"UNetMidBlock2DSimpleCrossAttn\"",
                "act_fn|\"gelu\"",
                "resnet_time_scale_shift|\"scale_shift\"",
                "time_embedding_type|\"fourier\"",
                "attention_type|\"gated\"",
                "resnet_out_scale_factor|2.0",
                "center_input_sample|true",
                "dual_cross_attention|true",
                "only_cross_attention|true",
                "class_embed_type|\"timestep\"",
                "encoder_hid_dim|32",
                "time_cond_proj_dim|256",
                "time_embedding_act_fn|\"silu\"",
                "num_attention_heads|4",
                "down_block_types|[\"DownBlock2D\", \"AttnDownBlock2D\", \"DownBlock2D\"]",
                "up_block_types|[\"UpBlock2D\", \"UpBlock2D\"]",
                "transformer_layers_per_block|[1, [1, 2, 3], 1]",
                "reverse_transformer_layers_per_block|[1, [1, 2], 1]",
                "reverse_transformer_layers_per_block|[1, [1, 2, 3]]",
                "attention_head_dim|[2, 4]",
                "attention_head_dim|[2, 4, 7]",
                "norm_num_groups|24"
            })
    void aSettingThatIsNotSupportedIsRefusedByName(String setting, String value) {
        Config config = config(setting, value);
        assertThatThrownBy(() -> UNetConfig.of(config))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(setting)
                .hasMessageContaining("config.json");
    }

    @Test
    void theWayUpMirrorsTheWayDown() {
        UNetConfig config = UNetConfig.of(config("layers_per_block", "[1, 2, 3]"));
        assertThat(config.levels()).extracting(UNetConfig.Level::layers).containsExactly(1, 2, 3);
        assertThat(config.upLevels()).extracting(UNetConfig.Level::layers).containsExactly(3, 2, 1);
        assertThat(config.upLevels())
                .extracting(UNetConfig.Level::transformerLayers)
                .containsExactly(List.of(2), List.of(1), List.of(1));
        assertThat(config.upLevels()).extracting(UNetConfig.Level::attention).containsExactly(true, true, false);
    }

    @Test
    void theWayUpHasTransformersOfItsOwnWhereItSaysSo() {
        UNetConfig config = UNetConfig.of(config("reverse_transformer_layers_per_block", "[5, 4, 1]"));
        assertThat(config.levels())
                .extracting(UNetConfig.Level::transformerLayers)
                .containsExactly(List.of(1), List.of(1), List.of(2));
        assertThat(config.upLevels())
                .extracting(UNetConfig.Level::transformerLayers)
                .containsExactly(List.of(5), List.of(4), List.of(1));
    }

    @Test
    void everyTransformerHasANumberOfLayersOfItsOwnWhereItSaysSo() {
        UNetConfig config = UNetConfig.of(config("reverse_transformer_layers_per_block", "[[4, 4, 10], [2, 1, 1], 1]"));
        UNetConfig.Level coarsest = config.upLevels().getFirst();
        assertThat(coarsest.transformerLayers(1)).isEqualTo(4);
        assertThat(coarsest.transformerLayers(2)).isEqualTo(10);
        assertThat(config.upLevels().getLast().transformerLayers(2)).isEqualTo(1);
    }

    @Test
    void oneNumberStandsForAllResolutions() {
        UNetConfig config = UNetConfig.of(config("attention_head_dim", "8"));
        assertThat(config.levels()).extracting(UNetConfig.Level::heads).containsExactly(8, 8, 8);
    }

    private Config config(String setting, String value) {
        Tampered.copy("tiny-sdxl/unet", folder).setting("config.json", setting, value);
        return Config.read(folder.resolve("config.json"));
    }
}
