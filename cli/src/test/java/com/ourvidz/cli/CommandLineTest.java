package com.ourvidz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands as users type them, in this process. */
class CommandLineTest {

    private static final List<String> SETTINGS = List.of("OURVIDZ_DATA", "OURVIDZ_SDXL_MODEL", "OURVIDZ_JWT_SECRET");

    @TempDir
    private Path folder;

    private final PrintStream stdout = System.out;
    private final PrintStream stderr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void redirect() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        System.setProperty("OURVIDZ_DATA", folder.resolve("data").toString());
    }

    @AfterEach
    void restore() {
        System.setOut(stdout);
        System.setErr(stderr);
        SETTINGS.forEach(System::clearProperty);
    }

    @Test
    void generateStartsAPlatformMakesPicturesAndStopsIt() throws IOException {
        System.setProperty(
                "OURVIDZ_SDXL_MODEL",
                Checkpoints.starter(folder.resolve("model"), 30).toString());
        var pictures = folder.resolve("pictures");
        assertThat(Main.run("generate", "a Fox, in snow!", "--seed", "7", "--count", "3", "--out", pictures.toString()))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        for (var seed = 7; seed <= 9; seed++) {
            var picture = pictures.resolve("a-fox-in-snow-" + seed + ".png");
            assertThat(printed()).contains(picture + "  seed " + seed);
            assertThat(PngText.of(Files.readAllBytes(picture)))
                    .containsEntry("Prompt", "a Fox, in snow!")
                    .containsEntry("Seed", Integer.toString(seed));
        }
        assertThat(printed().lines().reduce((first, last) -> last).orElseThrow())
                .matches("time  start .* s, queue .* s, model load .* s, text .* s, denoise .* s, .*total .* s");
        assertThat(said()).contains("denoising 9/9", "100 %  completed");
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    @Test
    void generateUsesThePlatformThatRunsOnItsDataOrTheOneThatItIsToldOf() {
        var model = Checkpoints.starter(folder.resolve("model"), 30);
        try (var platform = new RunningPlatform(folder.resolve("data"), model, Map.of())) {
            var first = folder.resolve("first").toString();
            assertThat(Main.run("generate", "a fox", "--seed", "7", "--out", first))
                    .isZero();
            assertThat(said()).contains("Using the platform that runs at " + platform.url());
            assertThat(Main.run(
                            "generate",
                            "a fox",
                            "--server",
                            platform.url(),
                            "--token",
                            platform.token(),
                            "--out",
                            first))
                    .isZero();
            assertThat(Main.run("generate", "a fox", "--server", platform.url(), "--token", "garbage"))
                    .isEqualTo(1);
            assertThat(Main.run("generate", "a fox", "--count", "2")).isEqualTo(1);
            assertThat(said()).contains("1, 3 or 6").doesNotContain("Exception");
        }
    }

    @Test
    void aJobThatFailsSaysWhy() throws IOException {
        var model = Files.createDirectories(folder.resolve("no-model"));
        System.setProperty("OURVIDZ_SDXL_MODEL", model.toString());
        assertThat(Main.run("generate", "a fox", "--out", folder.toString())).isEqualTo(1);
        assertThat(said())
                .contains("The model cannot be loaded.", "model_index.json")
                .doesNotContain("Exception");
    }

    @Test
    void tokenPrintsTheTokenAndNothingElse() {
        assertThat(Main.run("token", "--user", "tester")).isZero();
        assertThat(printed()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\n");
        assertThat(said()).isEmpty();
    }

    @Test
    void renderMakesPicturesWithTheLibraryAlone() throws IOException {
        var file = folder.resolve("new/folder/fox.png");
        assertThat(render("--out", file.toString(), "--seed", "7", "--count", "2"))
                .isZero();
        var second = folder.resolve("new/folder/fox-1.png");
        assertThat(printed()).contains(folder.resolve("new/folder/fox-0.png") + "  seed 7", second + "  seed 8");
        assertThat(render("--out", file.toString(), "--seed", "8")).isZero();
        assertThat(Files.readAllBytes(file)).isEqualTo(Files.readAllBytes(second));
        assertThat(PngText.of(Files.readAllBytes(file)))
                .containsEntry("Steps", "2")
                .containsEntry("Guidance scale", "5.0")
                .containsEntry("Model", "tiny-sdxl");
    }

    @Test
    void renderStartsFromAPictureOfAnySize() throws IOException {
        var start = folder.resolve("start.jpg");
        assertThat(ImageIO.write(new BufferedImage(50, 90, BufferedImage.TYPE_INT_RGB), "jpg", start.toFile()))
                .isTrue();
        var pictures = new ArrayList<byte[]>();
        for (var more : List.of("", " --image " + start, " --image " + start + " --strength 0.9")) {
            var file = folder.resolve(pictures.size() + ".png");
            var command =
                    "render --model " + Checkpoints.TINY + " --prompt fox --steps 10 --seed 7 --out " + file + more;
            assertThat(Main.run(words(command))).as(said()).isZero();
            pictures.add(Files.readAllBytes(file));
        }
        assertThat(pictures.get(1)).isNotEqualTo(pictures.get(0)).isNotEqualTo(pictures.get(2));
        assertThat(said()).contains("denoising 3/3", "denoising 9/9", "denoising 10/10");
        assertThat(printed().lines().filter(line -> line.contains(", encode "))).hasSize(2);
    }

    @Test
    void renderHonoursWeightsInPromptsUnlessTheyAreToBePlain() throws IOException {
        var pictures = new ArrayList<int[]>();
        for (var prompt : List.of("fox", "(fox:1.0)", "(fox:1.5)", "(fox:1.0) --plain-prompts")) {
            var file = folder.resolve(pictures.size() + ".png");
            var command = "render --model " + Checkpoints.TINY + " --steps 1 --seed 7 --out " + file + " --prompt ";
            assertThat(Main.run(words(command + prompt))).as(said()).isZero();
            pictures.add(pixels(file));
        }
        assertThat(pictures.get(0))
                .isEqualTo(pictures.get(1))
                .isNotEqualTo(pictures.get(2))
                .isNotEqualTo(pictures.get(3));
    }

    @Test
    void renderStartsFromAWebp() {
        var start = Checkpoints.TINY.resolve("../../pictures/lossy.webp").toString();
        var out = folder.resolve("fox.png").toString();
        assertThat(render("--image", start, "--strength", "1", "--out", out))
                .as(said())
                .isZero();
        assertThat(printed()).contains(", encode ");
    }

    @Test
    void renderFromWhatIsNoPictureSaysSo() throws IOException {
        var text = Files.writeString(folder.resolve("fox.jpg"), "a fox");
        var out = folder.resolve("fox.png").toString();
        assertThat(render("--image", text.toString(), "--out", out)).isEqualTo(1);
        assertThat(said()).contains("fox.jpg cannot be read as a picture").hasLineCount(1);
        assertThat(render("--image", folder.resolve("none.png").toString(), "--out", out))
                .isEqualTo(1);
        assertThat(said()).contains("There is no file").hasLineCount(2).doesNotContain("Exception");
    }

    @Test
    void renderTakesTheSamplerThatItIsTold() throws IOException {
        var file = folder.resolve("fox.png");
        assertThat(render("--scheduler", "dpmpp_2m_karras", "--out", file.toString()))
                .isZero();
        assertThat(PngText.of(Files.readAllBytes(file))).containsEntry("Sampler", "DPMSolverMultistepScheduler");
    }

    @Test
    void aSamplerThatThereIsNotIsAnsweredWithThoseThatThereAre() {
        assertThat(render("--scheduler", "heun", "--out", "fox.png")).isEqualTo(2);
        assertThat(said()).contains("euler_a", "dpmpp_2m_karras", "flow_unipc").hasLineCount(1);
    }

    @Test
    void renderOfASingleFileDrawsWhatTheFolderWithItsWeightsDraws() throws IOException {
        var ofFolder = folder.resolve("folder.png");
        var ofFile = folder.resolve("file.png");
        assertThat(render("--seed", "7", "--out", ofFolder.toString())).isZero();
        assertThat(Main.run(
                        "render",
                        "--model",
                        Checkpoints.SINGLE_FILE.toString(),
                        "--config",
                        Checkpoints.TINY.toString(),
                        "--prompt",
                        "a fox",
                        "--steps",
                        "2",
                        "--seed",
                        "7",
                        "--out",
                        ofFile.toString()))
                .isZero();
        assertThat(pixels(ofFile)).isEqualTo(pixels(ofFolder));
    }

    private static int[] pixels(Path file) throws IOException {
        var image = ImageIO.read(file.toFile());
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    @Test
    void renderOfASingleFileWithoutATokenizerSaysWhatToGive() {
        var model = Checkpoints.SINGLE_FILE.toString();
        assertThat(Main.run("render", "--model", model, "--prompt", "a fox", "--out", "fox.png"))
                .isEqualTo(1);
        assertThat(said())
                .contains("tokenizer", "vocab.json")
                .doesNotContain("Exception")
                .hasLineCount(1);
    }

    @Test
    void renderOfWhatIsNoCheckpointSaysSo() {
        assertThat(Main.run("render", "--model", folder.toString(), "--prompt", "a fox", "--out", "fox.png"))
                .isEqualTo(1);
        assertThat(said())
                .contains("model_index.json")
                .doesNotContain("Exception")
                .hasLineCount(1);
    }

    @Test
    void renderOfALoraThatIsMissingSaysSo() {
        assertThat(render("--out", folder.resolve("fox.png").toString(), "--lora", "fox.safetensors:0.8"))
                .isEqualTo(1);
        assertThat(said())
                .contains("fox.safetensors")
                .doesNotContain("Exception")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "paint",
                "generate",
                "generate --count many fox",
                "generate fox --server http://localhost:1",
                "token",
                "render --prompt fox --out fox.png",
                "render --model m --prompt fox --out fox.jpg",
                "render --model m --prompt fox --out fox.png --dtype float64",
                "render --model m --prompt fox --out fox.png --scheduler heun",
                "render --model m --prompt fox --out fox.png --strength 0.5",
                "render --model m --prompt fox --out fox.png --lora fox.safetensors"
            })
    void wrongUsageIsOneSentenceAndExitCode2(String line) {
        assertThat(Main.run(words(line))).isEqualTo(2);
        assertThat(said()).hasLineCount(1).doesNotContain("Exception").contains("--help");
        assertThat(printed()).isEmpty();
    }

    @Test
    void anUnusableSettingIsOneSentenceAndExitCode2() {
        System.setProperty("OURVIDZ_JWT_SECRET", "short");
        assertThat(Main.run("token", "--user", "tester")).isEqualTo(2);
        assertThat(said()).contains("OURVIDZ_JWT_SECRET").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "generate --help",
                "serve --help",
                "token --help",
                "user --help",
                "user add --help",
                "render --help"
            })
    void helpGoesToStandardOutput(String line) {
        assertThat(Main.run(words(line))).isZero();
        assertThat(printed()).contains("Usage: ourvidz");
        assertThat(said()).isEmpty();
    }

    private int render(String... more) {
        var command = new ArrayList<>(
                List.of("render", "--model", Checkpoints.TINY.toString(), "--prompt", "a fox", "--steps", "2"));
        command.addAll(List.of(more));
        return Main.run(command.toArray(String[]::new));
    }

    private static String[] words(String line) {
        return line.isEmpty() ? new String[0] : line.split(" ", -1);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
