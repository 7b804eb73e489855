package com.ourvidz.diffusion.sdxl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.ourvidz.diffusion.tensor.Noise;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuidanceTest {

    private final PointerScope scope = new PointerScope();

    @AfterEach
    void free() {
        scope.close();
    }

    @Test
    void goesPastThePromptByItsScale() {
        Tensor predictions = Tensor.create(new float[] {1, 2, 3, 5}, 2, 1, 1, 2);
        Tensor guided = Guidance.of(3).combine(predictions);
        assertThat(guided.narrow(3, 0, 1).item_float()).isEqualTo(1 + 3 * (3 - 1));
        assertThat(guided.narrow(3, 1, 1).item_float()).isEqualTo(2 + 3 * (5 - 2));
    }

    @Test
    void rescaledInFullHasTheContrastOfThePromptAlone() {
        Tensor predictions = new Noise(3).draw(2, 4, 8, 8);
        Tensor guided = new Guidance(7, 1).combine(predictions);
        float contrast = predictions.narrow(0, 1, 1).std(true).item_float();
        assertThat(guided.std(true).item_float()).isCloseTo(contrast, within(1e-5f));
    }

    @Test
    void isOffAtOneAndBelow() {
        assertThat(Guidance.of(1).isOn()).isFalse();
        assertThat(Guidance.of(0).isOn()).isFalse();
        assertThat(Guidance.of(1.1).isOn()).isTrue();
    }

    @Test
    void aScaleThatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> Guidance.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Guidance(5, 1.5)).isInstanceOf(IllegalArgumentException.class);
    }
}
