package com.ourvidz.diffusion.sdxl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.image.ImageFile;
import com.ourvidz.diffusion.image.RgbImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageToImageTest {

    private static final SdxlPipeline PIPELINE =
            SdxlPipeline.load(Golden.path("tiny-sdxl"), Options.defaults().withThreads(2));
    private static final Progress GO_ON = (stage, step, total) -> true;

    private final RgbImage reference = reference();
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

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.5, 0.9})
    void drawsAsDiffusersDoes(double strength) {
        GoldenPicture.assertClose(draw(strength, 21L).pictures().getFirst(), golden, "i2i_" + strength + ".image", 0);
    }

    /** The autoencoder's weights are random and change the picture too, so what it makes of the start image stands for that. */
    @Test
    void theStrongerTheFurtherFromTheStartImage() {
        List<Double> differences = DoubleStream.of(0.1, 0.3, 0.5, 0.7, 0.9)
                .mapToObj(strength -> difference(draw(strength, 21L)))
                .toList();
        assertThat(differences).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void takesTheLastStepsOnlyAndSaysHowLongTheEncodingTook() {
        List<String> reports = new ArrayList<>();
        Pictures pictures = PIPELINE.generate(
                request(0.39, 21L, 22L), (stage, step, total) -> reports.add(stage + " " + step + "/" + total));
        assertThat(pictures.timings().steps()).hasSize(2 * 3);
        assertThat(pictures.timings().encode()).isPositive();
        assertThat(reports).contains("DENOISE 1/6").endsWith("DENOISE 6/6", "DECODE 2/2");
    }

    @Test
    void atStrengthZeroItIsWhatTheAutoencoderMakesOfTheStartImage() {
        assertThat(draw(0, 21L).timings().steps()).isEmpty();
    }

    @Test
    void theLeastStrengthTakesAStep() {
        Pictures pictures = draw(0.01, 21L);
        assertThat(pictures.timings().steps()).hasSize(1);
        assertThat(pictures.pictures().getFirst().rgb())
                .isEqualTo(draw(0.1, 21L).pictures().getFirst().rgb())
                .isNotEqualTo(draw(0, 21L).pictures().getFirst().rgb());
    }

    @Test
    void aSeedGivesTheSameBytesAloneAndInABatch() {
        Pictures batch = draw(0.5, 21L, 22L);
        assertThat(draw(0.5, 22L).pictures().getFirst().rgb())
                .isEqualTo(batch.pictures().get(1).rgb())
                .isNotEqualTo(batch.pictures().get(0).rgb());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "euler",
                "euler_a",
                "dpmpp_2m",
                "dpmpp_2m_karras",
                "dpmpp_2m_sde",
                "dpmpp_2m_sde_karras",
                "unipc",
                "unipc_karras",
                "ddim",
                "lcm"
            })
    void everySamplerStartsFromTheImage(String sampler) {
        TextToImage request = request(Optional.of(sampler), 0.3, 21L);
        TextToImage stronger = request(Optional.of(sampler), 0.9, 21L);
        assertThat(difference(PIPELINE.generate(request, GO_ON)))
                .isLessThan(difference(PIPELINE.generate(stronger, GO_ON)));
    }

    @Test
    void withoutAStartImageNothingIsEncoded() {
        TextToImage request =
                new TextToImage("a fox in snow", "", 64, 64, 1, Guidance.of(1), Optional.empty(), List.of(1L));
        assertThat(PIPELINE.generate(request, GO_ON).timings().encode()).isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void aStrengthOutOfRangeIsRefused(double strength) {
        assertThatThrownBy(() -> new StartImage(reference, strength))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 to 1");
    }

    @Test
    void aStartImageOfAnotherSizeIsRefused() {
        StartImage small = new StartImage(reference.fitted(64, 64), 0.5);
        TextToImage request = request(0.5, 21L);
        assertThatThrownBy(() -> request.from(small))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be 128x128")
                .hasMessageContaining("not 64x64");
    }

    private Pictures draw(double strength, Long... seeds) {
        return PIPELINE.generate(request(strength, seeds), GO_ON);
    }

    private TextToImage request(double strength, Long... seeds) {
        return request(Optional.empty(), strength, seeds);
    }

    private TextToImage request(Optional<String> sampler, double strength, Long... seeds) {
        return new TextToImage(
                        "a red lighthouse by the sea at sunset",
                        "blurry, low quality",
                        128,
                        128,
                        10,
                        Guidance.of(6),
                        sampler,
                        List.of(seeds))
                .from(new StartImage(reference, strength));
    }

    /** From what the autoencoder makes of the start image, in levels. */
    private double difference(Pictures pictures) {
        byte[] rgb = pictures.pictures().getFirst().rgb();
        byte[] start = draw(0, 21L).pictures().getFirst().rgb();
        return IntStream.range(0, rgb.length)
                .map(i -> Math.abs((rgb[i] & 0xff) - (start[i] & 0xff)))
                .average()
                .orElseThrow();
    }

    private static RgbImage reference() {
        try {
            return ImageFile.read(Files.readAllBytes(Golden.path("reference.png")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
