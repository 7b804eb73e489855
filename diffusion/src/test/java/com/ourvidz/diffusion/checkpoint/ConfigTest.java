package com.ourvidz.diffusion.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {

    @TempDir
    Path folder;

    @Test
    void settingsAreReadByTheirNames() {
        Config config = config("{'channels':4,'scale':0.13025,'center':true,'act':'silu','blocks':['A','B'],"
                + "'sizes':[320,640],'mean':[0.5,1],'lambda_min_clipped':-Infinity}");
        assertThat(config.integer("channels")).isEqualTo(4);
        assertThat(config.number("scale")).isEqualTo(0.13025);
        assertThat(config.number("channels", 1)).isEqualTo(4.0);
        assertThat(config.flag("center", false)).isTrue();
        assertThat(config.text("act")).isEqualTo("silu");
        assertThat(config.texts("blocks")).containsExactly("A", "B");
        assertThat(config.integers("sizes")).containsExactly(320, 640);
        assertThat(config.numbers("mean")).containsExactly(0.5, 1.0);
        assertThat(config.number("lambda_min_clipped", 0)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void nullsAreAbsent() {
        Config config = config(
                "{'dim':null,'image_encoder':[null,null],'unet':['diffusers','UNet2DConditionModel'],'none':[]}");
        assertThat(config.has("dim")).isFalse();
        assertThat(config.has("image_encoder")).isFalse();
        assertThat(config.has("never_named")).isFalse();
        assertThat(config.integer("dim", 7)).isEqualTo(7);
        assertThat(config.names()).containsExactly("unet", "none");
    }

    @Test
    void oneNumberStandsForAllBlocks() {
        Config config = config("{'heads':5,'layers':[1,2,10]}");
        assertThat(config.integersOrRepeated("heads", 3)).containsExactly(5, 5, 5);
        assertThat(config.integersOrRepeated("layers", 3)).containsExactly(1, 2, 10);
        assertThatThrownBy(() -> config.integersOrRepeated("layers", 4))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll("config.json", "'layers'", "3", "4");
    }

    @Test
    void aSectionNamesItsSettingsWithItsOwnName() {
        Config config = config("{'sdxl_image_fast':{'steps':'many'}}");
        assertThat(config.section("never_named").names()).isEmpty();
        assertThatThrownBy(() -> config.section("sdxl_image_fast").integer("steps"))
                .hasMessageContaining("'sdxl_image_fast.steps'");
    }

    @Test
    void line76WrongTypesNameFileAndSetting() {
        Config config = config("{'x':'text','y':1.5,'z':[1,null],'big':99999999999}");
        assertWrong(config, "x", c -> c.integer("x"));
        assertWrong(config, "x", c -> c.number("x", 1));
        assertWrong(config, "x", c -> c.flag("x", true));
        assertWrong(config, "x", c -> c.integers("x"));
        assertWrong(config, "y", c -> c.integer("y", 1));
        assertWrong(config, "y", c -> c.text("y"));
        assertWrong(config, "z", c -> c.integers("z"));
        assertWrong(config, "z", c -> c.texts("z"));
        assertWrong(config, "z", c -> c.section("z"));
        assertWrong(config, "big", c -> c.integer("big"));
        assertWrong(config, "absent", c -> c.text("absent"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1]", "{'a':1} x", "{'a':1,'a':2}"})
    void line76MalformedConfigIsNamed(String json) {
        assertThatThrownBy(() -> config(json))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("config.json");
    }

    private static void assertWrong(Config config, String setting, Function<Config, ?> read) {
        assertThatThrownBy(() -> read.apply(config))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll("config.json", "'" + setting + "'");
    }

    private Config config(String json) {
        return Config.read(Written.text(folder.resolve("config.json"), json));
    }
}
