package com.ourvidz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.diffusion.video.Mp4File;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code render} with checkpoints of WAN. */
class WanRenderTest {

    private static final Path TEXT = Checkpoints.TINY.resolveSibling("tiny-wan");
    private static final Path VACE = Checkpoints.TINY.resolveSibling("tiny-wan-vace");
    private static final Path FIRST = Checkpoints.TINY.resolveSibling("first.png");
    private static final Path LAST = Checkpoints.TINY.resolveSibling("last.png");

    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @BeforeEach
    void catchOutput() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void giveOutputBack() {
        System.setOut(realOut);
        System.setErr(realErr);
    }

    @Test
    void framesGoIntoAFolderByTheirNumbers() throws IOException {
        var frames = folder.resolve("new/frames");
        assertThat(render(TEXT, "--frames", "3", "--out", frames + "/"))
                .as(said())
                .isZero();
        assertThat(names(frames)).containsExactly("0000.png", "0001.png", "0002.png");
        assertThat(ImageIO.read(frames.resolve("0002.png").toFile()).getWidth()).isEqualTo(48);
        assertThat(PngText.of(Files.readAllBytes(frames.resolve("0000.png"))))
                .containsEntry("Steps", "2")
                .containsEntry("Sampler", "UniPCMultistepScheduler")
                .containsEntry("Model", "tiny-wan")
                .containsEntry("Source", "AI-generated");
        assertThat(printed()).contains("frames 3  seed 7", "denoise ");
        assertThat(said()).contains("denoising 2/2", "decoding 2/2").doesNotContain("encoding");
    }

    @Test
    void framesBecomeAVideoThatSaysHowItWasMade() throws IOException {
        var file = folder.resolve("new/fox.mp4");
        assertThat(render(TEXT, "--frames", "3", "--out", file.toString()))
                .as(said())
                .isZero();
        var video = Mp4File.probe(file);
        assertThat(video.frames()).isEqualTo(3);
        assertThat(video.width()).isEqualTo(48);
        assertThat(video.metadata()).containsEntry("Prompt", "a fox in snow").containsEntry("Seed", "7");
        assertThat(names(folder.resolve("new"))).containsExactly("fox.mp4");
    }

    @Test
    void oneFrameIsAPicture() throws IOException {
        var picture = folder.resolve("fox.png");
        assertThat(render(TEXT, "--out", picture.toString())).as(said()).isZero();
        assertThat(ImageIO.read(picture.toFile()).getHeight()).isEqualTo(32);
        assertThat(names(folder)).containsExactly("fox.png");
    }

    @Test
    void aVideoIsHeldToItsFirstAndLastFrame() throws IOException {
        var videos = new ArrayList<byte[]>();
        for (var more : List.of(
                List.<String>of(),
                List.of("--first", FIRST.toString()),
                List.of("--first", FIRST.toString(), "--last", LAST.toString()),
                List.of("--first", FIRST.toString(), "--last", LAST.toString(), "--scale", "0.3"))) {
            var frames = folder.resolve("frames" + videos.size());
            var line = new ArrayList<>(List.of("--frames", "5", "--out", frames.toString()));
            line.addAll(more);
            assertThat(render(VACE, line.toArray(String[]::new))).as(said()).isZero();
            videos.add(Files.readAllBytes(frames.resolve("0004.png")));
        }
        assertThat(videos.stream().map(Arrays::hashCode).distinct()).hasSize(4);
        assertThat(said()).contains("encoding 2/2", "encoding 4/4");
    }

    @Test
    void theLengthOfThePromptCounts() throws IOException {
        var all = folder.resolve("all.png");
        var start = folder.resolve("start.png");
        assertThat(render(TEXT, "--out", all.toString())).isZero();
        assertThat(render(TEXT, "--out", start.toString(), "--max-tokens", "2")).isZero();
        assertThat(Files.readAllBytes(all)).isNotEqualTo(Files.readAllBytes(start));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--out fox.gif --frames 1 --scale 1  | --first",
                "--out fox.png --frames 5            | --frames 1",
                "--out fox.png --scale 0.5           | --first",
                "--out fox.png --count 2             | --count is for checkpoints of SDXL",
                "--out fox.png --lora a.safetensors:1| --lora is for checkpoints of SDXL",
                "--out fox.png --max-tokens 0        | at least 1 token",
                "--out fox.png --width 50            | multiple of 16",
                "--out fox.png --first FIRST         | VACE"
            })
    void whatWanCannotDoIsOneSentenceAndExitCode2(String line, String sentence) {
        var words = line.strip().replace("FIRST", FIRST.toString()).split(" +");
        assertThat(render(TEXT, words)).isEqualTo(2);
        assertThat(said().lines().filter(said -> !said.contains("%"))).hasSize(1);
        assertThat(said()).contains(sentence).doesNotContain("Exception");
    }

    @Test
    void whatSdxlCannotDoIsOneSentenceAndExitCode2() {
        assertThat(render(Checkpoints.TINY, "--out", "fox.png", "--frames", "5"))
                .isEqualTo(2);
        assertThat(said()).contains("--frames is for checkpoints of WAN").hasLineCount(1);
    }

    private int render(Path model, String... more) {
        var command = new ArrayList<>(List.of("render", "--model", model.toString(), "--prompt", "a fox in snow"));
        command.addAll(List.of("--width", "48", "--height", "32", "--steps", "2", "--seed", "7"));
        var given = List.of(more);
        if (given.contains("--width")) {
            command.subList(5, 7).clear();
        }
        command.addAll(given);
        return Main.run(command.toArray(String[]::new));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
