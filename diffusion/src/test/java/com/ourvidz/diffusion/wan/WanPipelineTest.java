package com.ourvidz.diffusion.wan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.image.ImageFile;
import com.ourvidz.diffusion.image.RgbImage;
import com.ourvidz.diffusion.tensor.Precision;
import com.ourvidz.diffusion.wan.Progress.Stage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WanPipelineTest {

    private static final WanPipeline TEXT = load("tiny-wan");
    private static final WanPipeline VACE = load("tiny-wan-vace");
    private static final String PROMPT = "a red lighthouse by the sea at sunset";
    private static final String NEGATIVE = "blurry, static";
    private static final Progress GO_ON = (stage, step, total) -> true;

    private final PointerScope scope = new PointerScope();
    private final Weights golden = Golden.numbers("tiny-wan-golden.safetensors");

    @AfterEach
    void free() {
        golden.close();
        scope.close();
    }

    @AfterAll
    static void close() {
        TEXT.close();
        VACE.close();
    }

    @Test
    void makesAVideoFromTextAsDiffusersDoes() {
        assertGolden(TEXT, "t2v_9f", request(9, 6, 6.5, 7, ""));
    }

    @Test
    void makesAPictureFromTextAsDiffusersDoes() {
        assertGolden(TEXT, "t2v_1f", request(1, 6, 6.5, 8, ""));
    }

    @Test
    void makesAVideoWithANegativePromptAsDiffusersDoes() {
        assertGolden(TEXT, "t2v_9f_neg", request(9, 6, 7.5, 9, NEGATIVE));
    }

    @ParameterizedTest
    @CsvSource({"first, 1.0", "last, 1.0", "both, 1.0", "both, 0.5"})
    void holdsAVideoToItsFirstAndLastFrameAsDiffusersDoes(String known, double scale) throws IOException {
        assertGolden(
                VACE, "vace_" + known + "_s" + scale, request(9, 5, 6.5, 11, "").heldTo(references(known, scale)));
    }

    @Test
    void framesBeyondTheNumberAskedForAreMadeAndDropped() {
        List<RgbImage> seven = new ArrayList<>();
        List<RgbImage> nine = new ArrayList<>();
        Video video = TEXT.generate(request(7, 2, 6.5, 7, ""), GO_ON, seven::add);
        TEXT.generate(request(9, 2, 6.5, 7, ""), GO_ON, nine::add);
        assertThat(video.frames()).isEqualTo(7);
        assertThat(video.generated()).isEqualTo(9);
        assertThat(bytes(seven)).isEqualTo(bytes(nine.subList(0, 7)));
    }

    @Test
    void theLastReferenceIsForTheLastFrameThatIsKept() throws IOException {
        List<RgbImage> asLastOfSeven = frames(VACE, request(7, 2, 1, 11, "").heldTo(references("last", 1)));
        List<RgbImage> asLastOfNine = frames(VACE, request(9, 2, 1, 11, "").heldTo(references("last", 1)));
        assertThat(asLastOfSeven).hasSize(7);
        assertThat(bytes(asLastOfSeven)).isNotEqualTo(bytes(asLastOfNine.subList(0, 7)));
    }

    @Test
    void theSameSeedGivesTheSameFrames() {
        List<ByteBuffer> first = bytes(frames(TEXT, request(5, 2, 6.5, 7, "")));
        assertThat(bytes(frames(TEXT, request(5, 2, 6.5, 7, "")))).isEqualTo(first);
        assertThat(bytes(frames(TEXT, request(5, 2, 6.5, 8, "")))).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0})
    void withoutGuidanceTheNegativePromptPlaysNoPart(double guidance) {
        assertThat(bytes(frames(TEXT, request(1, 2, guidance, 7, NEGATIVE))))
                .isEqualTo(bytes(frames(TEXT, request(1, 2, 1, 7, ""))));
    }

    @Test
    void aTextOnlyCheckpointTakesNoReferences() throws IOException {
        TextToVideo request = request(9, 2, 6.5, 7, "").heldTo(references("first", 1));
        assertThat(TEXT.takesReferences()).isFalse();
        assertThat(VACE.takesReferences()).isTrue();
        assertThatThrownBy(() -> frames(TEXT, request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("VACE");
    }

    @Test
    void reportsEachStepAndEachGroupOfFramesInOrder() throws IOException {
        List<String> reports = new ArrayList<>();
        VACE.generate(
                request(9, 2, 6.5, 7, "").heldTo(references("both", 1)),
                (stage, step, total) -> reports.add(stage + " " + step + "/" + total),
                (index, frame) -> {});
        assertThat(reports)
                .containsExactly(
                        "TEXT 1/1",
                        "ENCODE 1/6",
                        "ENCODE 2/6",
                        "ENCODE 3/6",
                        "ENCODE 4/6",
                        "ENCODE 5/6",
                        "ENCODE 6/6",
                        "DENOISE 1/2",
                        "DENOISE 2/2",
                        "DECODE 1/3",
                        "DECODE 2/3",
                        "DECODE 3/3");
    }

    @ParameterizedTest
    @CsvSource({"TEXT, 1, 0", "ENCODE, 2, 0", "DENOISE, 1, 0", "DECODE, 1, 1", "DECODE, 2, 5"})
    void stopsWhereItIsToldTo(Stage stage, int step, int framesBefore) throws IOException {
        List<RgbImage> frames = new ArrayList<>();
        TextToVideo request = request(9, 2, 6.5, 7, "").heldTo(references("both", 1));
        Progress progress = (reported, done, total) -> reported != stage || done < step;
        assertThatThrownBy(() -> VACE.generate(request, progress, frames::add))
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining(stage + " " + step);
        assertThat(frames).hasSize(framesBefore);
        assertThat(frames(VACE, request(1, 1, 1, 7, ""))).hasSize(1);
    }

    @Test
    void whatAVideoWithoutReferencesIsHeldToIsEncodedOnceForASize() {
        try (WanPipeline pipeline = load("tiny-wan-vace")) {
            List<ByteBuffer> first = bytes(frames(pipeline, request(9, 2, 6.5, 7, "")));
            assertThat(encodes(pipeline, 9)).isZero();
            assertThat(bytes(frames(pipeline, request(9, 2, 6.5, 7, "")))).isEqualTo(first);
            assertThat(encodes(pipeline, 1)).isPositive();
            assertThat(encodes(pipeline, 9)).isZero();
            assertThat(encodes(pipeline, 5)).isPositive();
            assertThat(encodes(pipeline, 1)).as("the size longest unused").isPositive();
        }
    }

    /** How many groups of frames are encoded for a video. */
    private static long encodes(WanPipeline pipeline, int frames) {
        List<Stage> stages = new ArrayList<>();
        pipeline.generate(
                request(frames, 1, 1, 7, ""), (stage, step, total) -> stages.add(stage), (index, frame) -> {});
        return stages.stream().filter(stage -> stage == Stage.ENCODE).count();
    }

    @Test
    void saysWhatWasUsedAndHowLongItTook() {
        Video video = TEXT.generate(request(9, 2, 6.5, 7, ""), GO_ON, (index, frame) -> {});
        assertThat(video.width()).isEqualTo(48);
        assertThat(video.height()).isEqualTo(32);
        assertThat(video.seed()).isEqualTo(7);
        assertThat(video.scheduler()).isEqualTo("UniPCMultistepScheduler");
        assertThat(video.timings().steps()).hasSize(2).allMatch(time -> time.isPositive());
        assertThat(video.timings().decodes()).hasSize(3).allMatch(time -> time.isPositive());
        assertThat(video.timings().text()).isPositive();
    }

    @Test
    void eulerForFlowsHasTheCheckpointsShift() {
        assertThat(bytes(frames(TEXT, with(Optional.of("flow_euler")))))
                .isNotEqualTo(bytes(frames(TEXT, with(Optional.of("flow_unipc")))))
                .isEqualTo(bytes(frames(TEXT, with(Optional.of("FlowMatchEulerDiscreteScheduler")))));
        assertThat(bytes(frames(TEXT, with(Optional.of("flow_unipc")))))
                .isEqualTo(bytes(frames(TEXT, with(Optional.empty()))));
    }

    @Test
    void bfloat16MakesNearlyTheSame() {
        Options options = Options.defaults().withThreads(1).withPrecision(Precision.BFLOAT16);
        List<ByteBuffer> exact = bytes(frames(VACE, request(5, 4, 1, 7, "")));
        try (WanPipeline pipeline = WanPipeline.load(Golden.path("tiny-wan-vace"), options)) {
            List<ByteBuffer> rounded = bytes(frames(pipeline, request(5, 4, 1, 7, "")));
            double mean = IntStream.range(0, exact.size())
                    .mapToDouble(frame -> meanDifference(
                            exact.get(frame).array(), rounded.get(frame).array()))
                    .average()
                    .orElseThrow();
            assertThat(mean).as("mean difference in levels").isBetween(0.001, 3.0);
        }
    }

    @Test
    void aSizeThatIsNotAWholeNumberOfTokensIsRefused() {
        TextToVideo request = new TextToVideo(PROMPT, "", 56, 32, 9, 2, 1, Optional.empty(), 7);
        assertThatThrownBy(() -> frames(TEXT, request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("multiple of 16");
    }

    private void assertGolden(WanPipeline pipeline, String run, TextToVideo request) {
        List<float[]> latents = new ArrayList<>();
        List<RgbImage> frames = new ArrayList<>();
        Tracker tracker = new Tracker(request, GO_ON) {
            @Override
            void denoised(Tensor step) {
                latents.add(floats(step));
            }
        };
        pipeline.generate(request, tracker, frames::add);
        assertLatents(latents.getFirst(), run + ".latents_step0");
        assertLatents(latents.getLast(), run + ".latents_final");
        assertFrames(frames, run + ".frames");
    }

    private void assertLatents(float[] actual, String name) {
        Tensor expected = Golden.get(golden, name);
        Golden.assertClose(Tensor.create(actual, expected.sizes().vec().get()), expected, name);
    }

    /** Golden frames are in 0 … 1 before they are rounded to a byte, so a byte is within half a level of it. */
    private void assertFrames(List<RgbImage> frames, String name) {
        Tensor expected = Golden.get(golden, name); // (1, frames, height, width, 3)
        assertThat(frames).hasSize((int) expected.size(1));
        for (int k = 0; k < frames.size(); k++) {
            float[] levels = floats(expected.select(1, k));
            byte[] rgb = frames.get(k).rgb();
            assertThat(rgb).hasSize(levels.length);
            double largest = IntStream.range(0, levels.length)
                    .mapToDouble(i -> Math.abs((rgb[i] & 0xff) - 255.0 * levels[i]))
                    .max()
                    .orElseThrow();
            assertThat(largest).as(name + "[" + k + "], in levels").isLessThan(0.5 + 255 * Golden.TOLERANCE);
        }
    }

    private static WanPipeline load(String checkpoint) {
        return WanPipeline.load(Golden.path(checkpoint), Options.defaults().withThreads(2));
    }

    private static List<RgbImage> frames(WanPipeline pipeline, TextToVideo request) {
        List<RgbImage> frames = new ArrayList<>();
        pipeline.generate(request, GO_ON, frames::add);
        return frames;
    }

    private static List<ByteBuffer> bytes(List<RgbImage> frames) {
        return frames.stream().map(frame -> ByteBuffer.wrap(frame.rgb())).toList();
    }

    private static double meanDifference(byte[] one, byte[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> Math.abs((one[i] & 0xff) - (other[i] & 0xff)))
                .average()
                .orElseThrow();
    }

    private static float[] floats(Tensor x) {
        float[] values = new float[Math.toIntExact(x.numel())];
        x.contiguous().data_ptr_float().get(values);
        return values;
    }

    private static TextToVideo request(int frames, int steps, double guidance, long seed, String negative) {
        return new TextToVideo(PROMPT, negative, 48, 32, frames, steps, guidance, Optional.empty(), seed)
                .withMaxTokens(64);
    }

    private static TextToVideo with(Optional<String> scheduler) {
        return new TextToVideo(PROMPT, "", 48, 32, 1, 3, 1, scheduler, 7).withMaxTokens(64);
    }

    private static References references(String known, double scale) throws IOException {
        return new References(
                known.equals("last") ? Optional.empty() : Optional.of(image("first.png")),
                known.equals("first") ? Optional.empty() : Optional.of(image("last.png")),
                scale);
    }

    private static RgbImage image(String name) throws IOException {
        return ImageFile.read(Files.readAllBytes(Golden.path(name)));
    }
}
