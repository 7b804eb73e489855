package com.ourvidz.diffusion.sdxl;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.diffusion.ChildProcess;
import com.ourvidz.diffusion.Golden;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** In a process of its own, whose Java heap is small and resident from the start: what grows is native memory. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the resident size is read from /proc")
class MemoryTest {

    private static final int PICTURES = 200;
    private static final long SIX_PICTURES = 6L * 3 * 256 * 256;

    /** What the JVM's own compiler and allocator may still take; one forgotten tensor a picture is several times as much. */
    private static final long LARGEST_GROWTH = 16L << 20;

    @Test
    void twoHundredPicturesLeaveNoMemoryBehind() throws IOException, InterruptedException {
        ChildProcess.Result drawn = ChildProcess.run(Drawing.class);
        assertThat(drawn.lines("growth")).hasSize(1);
        assertThat(drawn.number("growth")).as("bytes more").isLessThan(LARGEST_GROWTH);
    }

    @Test
    void aBatchOfSixTakesNoMoreThanOneAndThePictures() throws IOException, InterruptedException {
        long growth = ChildProcess.run(Batch.class).number("growth");
        assertThat(growth).as("bytes more").isLessThan(SIX_PICTURES + LARGEST_GROWTH);
    }

    /** What the process of the first test does: it prints by how many bytes it grew while it drew. */
    static final class Drawing {

        private Drawing() {}

        public static void main(String[] args) {
            Options options = Options.defaults().withThreads(1);
            try (SdxlPipeline pipeline = SdxlPipeline.load(Golden.path("tiny-sdxl"), options)) {
                draw(pipeline, PICTURES / 2);
                long before = ChildProcess.status("VmRSS");
                draw(pipeline, PICTURES);
                System.out.println("growth " + (ChildProcess.status("VmRSS") - before));
            }
        }

        private static void draw(SdxlPipeline pipeline, int count) {
            for (long seed = 0; seed < count; seed++) {
                pipeline.generate(request(seed), (stage, step, total) -> true);
            }
        }

        private static TextToImage request(long seed) {
            return new TextToImage("a fox in snow", "", 128, 128, 1, Guidance.of(4), Optional.empty(), List.of(seed));
        }
    }

    /** What that of the second does: it prints by how much a batch took more at its peak than single pictures. */
    static final class Batch {

        private Batch() {}

        public static void main(String[] args) {
            try (SdxlPipeline pipeline = SdxlPipeline.load(
                    Golden.path("tiny-sdxl"), Options.defaults().withThreads(1))) {
                for (long seed = 0; seed < 6; seed++) {
                    draw(pipeline, List.of(seed));
                }
                long single = ChildProcess.status("VmHWM");
                draw(pipeline, List.of(0L, 1L, 2L, 3L, 4L, 5L));
                System.out.println("growth " + (ChildProcess.status("VmHWM") - single));
            }
        }

        private static void draw(SdxlPipeline pipeline, List<Long> seeds) {
            pipeline.generate(
                    new TextToImage("a fox in snow", "", 256, 256, 1, Guidance.of(4), Optional.empty(), seeds),
                    (stage, step, total) -> true);
        }
    }
}
