package com.ourvidz.diffusion.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Written;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterConfigTest {

    private static final String QUERY = "mid_block.attentions.0.transformer_blocks.0.attn1.to_q";

    @TempDir
    Path folder;

    @Test
    void eachComponentHasItsOwnAlpha() {
        String json = "{'unet.lora_alpha':8,'text_encoder.lora_alpha':2,'text_encoder_2.r':4}";
        assertThat(alpha(json, "unet." + QUERY)).hasValue(8);
        assertThat(alpha(json, "text_encoder.encoder.layers.1.mlp.fc1")).hasValue(2);
        assertThat(alpha(json, "text_encoder_2.encoder.layers.1.mlp.fc1")).isEmpty();
    }

    @Test
    void aLayerOfThePatternHasAnotherAlpha() {
        String json = "{'unet.lora_alpha':8,'unet.alpha_pattern':{'o_q':1,'attn1.to_q':3,'to_q':5}}";
        assertThat(alpha(json, "unet." + QUERY)).hasValue(3);
        assertThat(alpha(json, "unet.mid_block.attn2.to_k")).hasValue(8);
    }

    @Test
    void aFileForTheUnetAloneNeedsNoComponent() {
        assertThat(alpha("{'lora_alpha':8}", QUERY)).hasValue(8);
    }

    @Test
    void rankStabilizedLorasAreDividedByTheRootOfTheRank() {
        assertThat(alpha("{'lora_alpha':8,'use_rslora':true}", QUERY)).hasValue(8 * 2);
    }

    @Test
    void peftsOwnFilesHaveTheirSettingsBesideThem() {
        Written.text(folder.resolve("adapter_config.json"), "{'lora_alpha':6}");
        Path file = new LoraTensors().write(folder.resolve("adapter_model.safetensors"));
        assertThat(AdapterConfig.of(file).orElseThrow().alpha("base_model.model." + QUERY, 4))
                .hasValue(6);
        assertThat(AdapterConfig.of(new LoraTensors().write(folder.resolve("fox.safetensors"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'lora_alpha':'much'}",
                "{'lora_alpha':NaN}",
                "{'lora_alpha':1,'alpha_pattern':{'(a+)+':2}}",
                "{'lora_alpha':1,'alpha_pattern':3}",
                "lighthouse"
            })
    void settingsThatCannotBeUsedAreNamedWithTheFile(String json) {
        assertThatThrownBy(() -> alpha(json, QUERY))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("lora.safetensors");
    }

    private OptionalDouble alpha(String json, String layer) {
        String header = "{'__metadata__':{'format':'pt','lora_adapter_metadata':'" + json.replace("'", "\\'") + "'}}";
        Path file = Written.safetensors(folder.resolve("lora.safetensors"), header);
        return AdapterConfig.of(file).orElseThrow().alpha(layer, 4);
    }
}
