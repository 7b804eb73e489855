package com.ourvidz.diffusion.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.ourvidz.diffusion.image.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Mp4Test {

    private static final FrameRate WAN = new FrameRate(50, 3);
    private static final long NO_LIMIT = Long.MAX_VALUE;

    @TempDir
    Path folder;

    @Test
    void eightyThreeFramesComeBackAsEightyThreeFramesOfFiveSeconds() throws IOException {
        Path file = folder.resolve("sail: at sea.mp4");

        Mp4.write(file, Clip.sail(83, 480, 832), WAN, 50 << 20, Map.of());

        Mp4Info info = Mp4File.probe(file);
        assertThat(info.frames()).isEqualTo(83);
        assertThat(info.width()).isEqualTo(480);
        assertThat(info.height()).isEqualTo(832);
        assertThat(info.seconds()).isEqualTo(4.98);
        assertThat(info.rate()).isEqualTo(WAN);
        assertThat(info.codec()).isEqualTo("h264");
        assertThat(info.pixelFormat()).isEqualTo("yuv420p");
        assertThat(info.moovFirst()).isTrue();
        assertThat(Files.size(file)).isLessThan(1 << 20);
    }

    @Test
    void everyFrameHasItsExactTime() throws IOException {
        Path file = written(Clip.sail(83, 96, 64));

        List<Decoded> frames = Decoded.all(file);

        assertThat(frames).hasSize(83);
        for (int i = 0; i < frames.size(); i++) {
            assertThat(frames.get(i).seconds()).isCloseTo(WAN.seconds(i), within(1e-9));
        }
        assertThat(frames.stream().map(Decoded::key).toList().subList(0, 52))
                .as("a player can start at the first frame and three seconds later")
                .startsWith(true, false)
                .endsWith(true, false);
    }

    @Test
    void everyFrameLooksLikeTheOneGiven() throws IOException {
        List<Decoded> frames = Decoded.all(written(Clip.sail(12, 480, 832)));

        for (int i = 0; i < 12; i++) {
            RgbImage given = Clip.sailAt(i / 12.0, 480, 832);
            RgbImage other = Clip.sailAt((i + 1) / 12.0, 480, 832);
            assertThat(difference(frames.get(i).picture(), given)).isLessThan(0.5);
            assertThat(difference(frames.get(i).picture(), other)).isGreaterThan(1.0);
        }
    }

    @ParameterizedTest
    @CsvSource({"255,0,0", "0,255,0", "0,0,255", "128,128,128", "255,255,255", "0,0,0", "200,120,40"})
    void coloursStayWhatTheyWere(int red, int green, int blue) throws IOException {
        RgbImage plain = Clip.plain(64, 48, red, green, blue);

        Decoded decoded = Decoded.all(written(List.of(plain))).getFirst();

        assertThat(decoded.matrix()).as("BT.709").isEqualTo(1);
        assertThat(decoded.range()).as("limited").isEqualTo(1);
        assertThat(largestDifference(decoded.picture(), plain)).isLessThanOrEqualTo(3);
    }

    @Test
    void theSameFramesAndTextsGiveTheSameBytes() throws IOException {
        Path first = folder.resolve("first.mp4");
        Path second = folder.resolve("second.mp4");

        Map<String, String> texts = new LinkedHashMap<>(Map.of("Seed", "7"));
        texts.put("Model", "starter");
        Map<String, String> sameTexts = new LinkedHashMap<>(Map.of("Model", "starter"));
        sameTexts.put("Seed", "7");

        Mp4.write(first, Clip.sail(20, 160, 96), WAN, NO_LIMIT, texts);
        Mp4.write(second, Clip.sail(20, 160, 96), WAN, NO_LIMIT, sameTexts);

        assertThat(second).hasSameBinaryContentAs(first);
    }

    @Test
    void textsComeBackUnderTheirOwnNames() throws IOException {
        Path file = folder.resolve("clip.mp4");
        Map<String, String> texts = Map.of(
                "title",
                "a white sailboat",
                "Prompt",
                "ein Fuchs im Schnee, 雪の中の狐 🦊",
                "Negative prompt",
                "",
                "DigitalSourceType",
                "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
                Mp4.XMP,
                "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">é</x:xmpmeta>");

        Mp4.write(file, Clip.sail(3, 64, 48), WAN, NO_LIMIT, texts);

        Map<String, String> read = Mp4File.probe(file).metadata();
        assertThat(read)
                .containsEntry("title", texts.get("title"))
                .containsEntry("Prompt", texts.get("Prompt"))
                .containsEntry("DigitalSourceType", texts.get("DigitalSourceType"))
                .containsEntry(Mp4.XMP, texts.get(Mp4.XMP))
                .containsEntry("Negative prompt", "")
                .doesNotContainKeys("encoder", "creation_time");
        assertThat(Decoded.all(file)).hasSize(3);
    }

    @Test
    void whatIsOverTheLimitIsEncodedAgainUntilItFits() throws IOException {
        Path good = folder.resolve("good.mp4");
        Path small = folder.resolve("small.mp4");
        Mp4.write(good, Clip.noise(8, 160, 96), WAN, NO_LIMIT, Map.of());
        long limit = Files.size(good) / 4;

        Mp4.write(small, Clip.noise(8, 160, 96), WAN, limit, Map.of());

        assertThat(Files.size(small)).isBetween(limit / 4, limit);
        assertThat(Mp4File.probe(small).frames()).isEqualTo(8);
    }

    @Test
    void aLimitThatNoQualityMeetsIsAnErrorAndLeavesNoFile() throws IOException {
        assertThatThrownBy(() -> Mp4.write(folder.resolve("clip.mp4"), Clip.noise(8, 160, 96), WAN, 500, Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("at the lowest quality, more than 500");
        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void framesThatBreakOffLeaveNoFileAndWhatWasThere() throws IOException {
        Path file = Files.writeString(folder.resolve("clip.mp4"), "before");

        assertThatThrownBy(() ->
                        Mp4.write(file, Clip.breaking(List.of(Clip.plain(64, 48, 1, 2, 3))), WAN, NO_LIMIT, Map.of()))
                .hasMessage("not finite");
        assertThat(filesLeft()).containsExactly(file);
        assertThat(file).hasContent("before");
    }

    @Test
    void framesThatCannotBeAVideoAreRefused() {
        RgbImage even = Clip.plain(64, 48, 1, 2, 3);

        assertThatThrownBy(() -> written(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs a frame");
        assertThatThrownBy(() -> written(List.of(Clip.plain(63, 48, 1, 2, 3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be even, not 63x48");
        assertThatThrownBy(() -> written(List.of(even, Clip.plain(48, 64, 1, 2, 3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("48x64 after one of 64x48");
        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void aFolderThatIsNotThereIsAnErrorThatSaysSo() {
        assertThatThrownBy(
                        () -> Mp4.write(folder.resolve("none/clip.mp4"), Clip.sail(2, 64, 48), WAN, NO_LIMIT, Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No such file");
    }

    @Test
    void aFileThatIsNoVideoIsAnError() throws IOException {
        Path text = Files.writeString(folder.resolve("clip.mp4"), "a text that is no video, and says so at length");

        assertThatThrownBy(() -> Mp4File.probe(text))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no MP4 file");
    }

    @Test
    void aFileThatEndsTooEarlyIsAnError() throws IOException {
        byte[] whole = Files.readAllBytes(written(Clip.sail(3, 64, 48)));
        Path half = Files.write(folder.resolve("half.mp4"), Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> Mp4File.probe(half)).isInstanceOf(IOException.class);
    }

    private Path written(Iterable<RgbImage> frames) throws IOException {
        Path file = folder.resolve("written.mp4");
        Mp4.write(file, frames, WAN, NO_LIMIT, Map.of());
        return file;
    }

    private List<Path> filesLeft() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Of a level, on average. */
    private static double difference(RgbImage one, RgbImage other) {
        long sum = 0;
        for (int i = 0; i < one.rgb().length; i++) {
            sum += Math.abs((one.rgb()[i] & 0xff) - (other.rgb()[i] & 0xff));
        }
        return (double) sum / one.rgb().length;
    }

    private static int largestDifference(RgbImage one, RgbImage other) {
        int largest = 0;
        for (int i = 0; i < one.rgb().length; i++) {
            largest = Math.max(largest, Math.abs((one.rgb()[i] & 0xff) - (other.rgb()[i] & 0xff)));
        }
        return largest;
    }
}
