package com.ourvidz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
                "render --model m --prompt fox --out fox.png --dtype float16",
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
    @ValueSource(strings = {"--help", "generate --help", "serve --help", "token --help", "render --help"})
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
