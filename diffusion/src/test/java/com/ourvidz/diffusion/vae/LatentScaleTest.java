package com.ourvidz.diffusion.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.tensor.Noise;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LatentScaleTest {

    private final PointerScope scope = new PointerScope();

    @AfterEach
    void free() {
        scope.close();
    }

    @Test
    void aFactorMultipliesForTheModel() {
        LatentScale scale = new LatentScale(0.5, Optional.empty(), Optional.empty());
        assertThat(scale.toModel(Tensor.create(new float[] {4}, 1, 1, 1, 1)).item_float())
                .isEqualTo(2);
    }

    @Test
    void meanAndDeviationHoldForTheirChannel() {
        LatentScale scale = new LatentScale(0.5, Optional.of(List.of(1.0, 2.0)), Optional.of(List.of(4.0, 8.0)));
        Tensor latents = scale.fromModel(Tensor.create(new float[] {1, 1}, 1, 2, 1, 1));
        assertThat(latents.narrow(1, 0, 1).item_float()).isCloseTo(1 * 4 / 0.5f + 1, within(1e-6f));
        assertThat(latents.narrow(1, 1, 1).item_float()).isCloseTo(1 * 8 / 0.5f + 2, within(1e-6f));
    }

    @Test
    void toTheModelAndBackIsWhereItWas() {
        LatentScale scale = new LatentScale(0.13, Optional.of(List.of(0.1, -0.2)), Optional.of(List.of(0.9, 1.1)));
        Tensor latents = new Noise(1).draw(1, 2, 4, 4);
        Golden.assertClose(scale.fromModel(scale.toModel(latents)), latents, "latents");
    }
}
