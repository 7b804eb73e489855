package com.ourvidz.diffusion.sdxl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.sdxl.Progress.Stage;
import com.ourvidz.diffusion.tensor.Precision;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SdxlPipelineTest {

    private static final SdxlPipeline PIPELINE =
            SdxlPipeline.load(Golden.path("tiny-sdxl"), Options.defaults().withThreads(2));
    private static final String PROMPT = "a red lighthouse by the sea at sunset";
    private static final String NEGATIVE = "blurry, low quality";
    private static final Progress GO_ON = (stage, step, total) -> true;

    private final PointerScope scope = new PointerScope();
    private final Weights golden = Golden.numbers("tiny-sdxl-golden.safetensors");

    @AfterEach
    void free() {
        golden.close();
        scope.close();
    }

    @AfterAll
    static void close() {
        PIPELINE.close();
    }

    @Test
    void drawsAsDiffusersDoesWithGuidance() throws IOException {
        assertGolden("t2i_euler", request("", 6.0, 7L));
    }

    @Test
    void drawsAsDiffusersDoesWithANegativePromptAndThreeSeeds() throws IOException {
        assertGolden("t2i_euler_neg_batch3", request(NEGATIVE, 7.5, 7L, 8L, 9L));
    }

    @Test
    void drawsAsDiffusersDoesWithoutGuidance() throws IOException {
        assertGolden("t2i_no_guidance", request("", 1.0, 7L));
    }

    @ParameterizedTest
    @CsvSource({"euler_a, 7", "dpmpp_2m_karras, 12", "unipc, 12", "ddim, 12"})
    void drawsAsDiffusersDoesWithAnotherSampler(String sampler, long seed) throws IOException {
        assertGolden(
                "t2i_" + sampler,
                new TextToImage(PROMPT, "", 128, 128, 6, Guidance.of(6), Optional.of(sampler), List.of(seed)));
    }

    @Test
    void aSeedGivesTheSameBytesAloneAndInABatch() {
        List<byte[]> batch = rgb(7L, 8L, 9L);
        assertThat(rgb(7L).getFirst()).isEqualTo(batch.get(0)).isNotEqualTo(batch.get(1));
        assertThat(rgb(8L).getFirst()).isEqualTo(batch.get(1)).isNotEqualTo(batch.get(2));
        assertThat(rgb(9L).getFirst()).isEqualTo(batch.get(2));
    }

    private static List<byte[]> rgb(Long... seeds) {
        return PIPELINE.generate(request(NEGATIVE, 7.5, seeds), GO_ON).pictures().stream()
                .map(Pictures.Picture::rgb)
                .toList();
    }

    @Test
    void bfloat16DrawsNearlyTheSame() {
        Options options = Options.defaults().withThreads(1).withPrecision(Precision.BFLOAT16);
        byte[] exact = PIPELINE.generate(request("", 6.0, 7L), GO_ON)
                .pictures()
                .getFirst()
                .rgb();
        try (SdxlPipeline pipeline = SdxlPipeline.load(Golden.path("tiny-sdxl"), options)) {
            byte[] rounded = pipeline.generate(request("", 6.0, 7L), GO_ON)
                    .pictures()
                    .getFirst()
                    .rgb();
            double mean = IntStream.range(0, exact.length)
                    .mapToDouble(i -> Math.abs((exact[i] & 0xff) - (rounded[i] & 0xff)))
                    .average()
                    .orElseThrow();
            assertThat(mean).as("mean difference in levels").isBetween(0.001, 2.0);
        }
    }

    @Test
    void saysWhatWasUsedAndHowLongItTook() {
        Pictures result = PIPELINE.generate(request("", 6.0, 7L, 8L), GO_ON);
        assertThat(result.pictures()).extracting(Pictures.Picture::seed).containsExactly(7L, 8L);
        assertThat(result.scheduler()).isEqualTo("EulerDiscreteScheduler");
        assertThat(result.steps()).isEqualTo(6);
        assertThat(result.guidance()).isEqualTo(Guidance.of(6));
        assertThat(result.timings().steps()).hasSize(12).allMatch(time -> time.isPositive());
        assertThat(result.timings().decodes()).hasSize(2).allMatch(time -> time.isPositive());
        assertThat(result.timings().text()).isPositive();
    }

    @Test
    void reportsEachStepOfAllPictures() {
        List<String> reports = new ArrayList<>();
        PIPELINE.generate(
                request("", 6.0, 7L, 8L), (stage, step, total) -> reports.add(stage + " " + step + "/" + total));
        assertThat(reports)
                .startsWith("TEXT 1/1", "DENOISE 1/12", "DENOISE 2/12")
                .containsSequence("DENOISE 6/12", "DECODE 1/2", "DENOISE 7/12")
                .endsWith("DENOISE 12/12", "DECODE 2/2");
    }

    @Test
    void stopsAtTheStepAtWhichItIsToldTo() {
        List<Integer> steps = new ArrayList<>();
        Progress third = (stage, step, total) -> stage != Stage.DENOISE || (steps.add(step) && step < 3);
        assertThatThrownBy(() -> PIPELINE.generate(request("", 6.0, 7L), third))
                .isInstanceOf(CancellationException.class);
        assertThat(steps).containsExactly(1, 2, 3);
        assertThat(PIPELINE.generate(request("", 6.0, 7L), GO_ON).pictures()).hasSize(1);
    }

    @Test
    void anotherGuidanceRescaleGivesAnotherPicture() {
        Pictures plain = PIPELINE.generate(request("", 6.0, 7L), GO_ON);
        Pictures rescaled = PIPELINE.generate(with(new Guidance(6, 0.7), Optional.empty()), GO_ON);
        assertThat(rescaled.pictures().getFirst().rgb())
                .isNotEqualTo(plain.pictures().getFirst().rgb());
    }

    @Test
    void aSchedulerThatIsNotSupportedIsRefusedByName() {
        TextToImage request = with(Guidance.of(6), Optional.of("LMSDiscreteScheduler"));
        assertThatThrownBy(() -> PIPELINE.generate(request, GO_ON))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("LMSDiscreteScheduler");
    }

    @Test
    void aPictureOfAnOddNumberOfLatentsHasTheSizeAskedFor() {
        TextToImage request = new TextToImage(PROMPT, "", 72, 56, 1, Guidance.of(6), Optional.empty(), List.of(7L));
        Pictures.Picture picture = PIPELINE.generate(request, GO_ON).pictures().getFirst();
        assertThat(picture.width()).isEqualTo(72);
        assertThat(picture.height()).isEqualTo(56);
        assertThat(picture.rgb()).hasSize(72 * 56 * 3);
    }

    @Test
    void aSizeThatIsNotAWholeNumberOfLatentsIsRefused() {
        TextToImage request = new TextToImage(PROMPT, "", 130, 128, 6, Guidance.of(6), Optional.empty(), List.of(7L));
        assertThatThrownBy(() -> PIPELINE.generate(request, GO_ON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("multiples of 8");
    }

    private void assertGolden(String run, TextToImage request) throws IOException {
        List<float[]> latents = new ArrayList<>();
        Pictures result = PIPELINE.generate(request, new Tracker(request, GO_ON) {
            @Override
            void denoised(Tensor step) {
                latents.add(floats(step));
            }
        });
        for (int k = 0; k < request.seeds().size(); k++) {
            assertRow(latents.get(6 * k), run + ".latents_step0", k);
            assertRow(latents.get(6 * k + 5), run + ".latents_final", k);
            GoldenPicture.assertClose(result.pictures().get(k), golden, run + ".image", k);
        }
        assertPng(result.pictures().getFirst(), run);
    }

    private void assertRow(float[] actual, String name, int row) {
        Tensor expected = Golden.get(golden, name).narrow(0, row, 1);
        Golden.assertClose(Tensor.create(actual, expected.sizes().vec().get()), expected, name + "[" + row + "]");
    }

    private static void assertPng(Pictures.Picture picture, String run) throws IOException {
        BufferedImage expected =
                ImageIO.read(Golden.path("tiny-sdxl-" + run + ".png").toFile());
        int[] levels = expected.getData().getPixels(0, 0, picture.width(), picture.height(), (int[]) null);
        assertThat(levels).hasSameSizeAs(picture.rgb());
        assertThat(IntStream.range(0, levels.length).map(i -> Math.abs((picture.rgb()[i] & 0xff) - levels[i])))
                .allMatch(difference -> difference <= 1);
    }

    private static float[] floats(Tensor x) {
        float[] values = new float[Math.toIntExact(x.numel())];
        x.contiguous().data_ptr_float().get(values);
        return values;
    }

    private static TextToImage request(String negative, double guidance, Long... seeds) {
        return new TextToImage(PROMPT, negative, 128, 128, 6, Guidance.of(guidance), Optional.empty(), List.of(seeds));
    }

    private static TextToImage with(Guidance guidance, Optional<String> scheduler) {
        return new TextToImage(PROMPT, "", 128, 128, 6, guidance, scheduler, List.of(7L));
    }
}
