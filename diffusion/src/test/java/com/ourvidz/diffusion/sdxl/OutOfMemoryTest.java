package com.ourvidz.diffusion.sdxl;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.tensor.OutOfMemoryException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutOfMemoryTest {

    /** Latents of 2^58 bytes, which no machine has: LibTorch's allocator is really asked for them. */
    @Test
    void aPictureThatDoesNotFitSaysSo() {
        try (SdxlPipeline pipeline =
                SdxlPipeline.load(Golden.path("tiny-sdxl"), Options.defaults().withThreads(1))) {
            TextToImage request = new TextToImage(
                    "a fox in snow", "", 1 << 29, 1 << 29, 1, Guidance.of(1), Optional.empty(), List.of(7L));
            assertThatThrownBy(() -> pipeline.generate(request, (stage, step, total) -> true))
                    .isInstanceOf(OutOfMemoryException.class)
                    .hasMessageContaining("Ask for fewer or smaller pictures")
                    .cause()
                    .hasMessageContaining("can't allocate memory");
        }
    }
}
