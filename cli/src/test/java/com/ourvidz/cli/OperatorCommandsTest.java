package com.ourvidz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code doctor}, {@code backup} and {@code restore} as an operator types them. */
class OperatorCommandsTest {

    private static final List<String> SETTINGS = List.of(
            "OURVIDZ_DATA",
            "OURVIDZ_SDXL_MODEL",
            "OURVIDZ_PORT",
            "OURVIDZ_WORKERS",
            "OURVIDZ_LOG_FORMAT",
            "OURVIDZ_ENHANCER_MODEL");

    @TempDir
    private Path folder;

    private final PrintStream stdout = System.out;
    private final PrintStream stderr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path data;
    private Path model;

    @BeforeEach
    void set() throws IOException {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        data = folder.resolve("data");
        model = Checkpoints.starter(folder.resolve("model"), 30);
        System.setProperty("OURVIDZ_DATA", data.toString());
        System.setProperty("OURVIDZ_SDXL_MODEL", model.toString());
        System.setProperty("OURVIDZ_WORKERS", "sdxl_queue");
        System.setProperty("OURVIDZ_PORT", "0");
    }

    @AfterEach
    void restore() {
        System.setOut(stdout);
        System.setErr(stderr);
        SETTINGS.forEach(System::clearProperty);
    }

    @Test
    void doctorIsContentBeforeTheFirstStart() {
        assertThat(Main.run("doctor")).as(printed()).isZero();
        assertThat(printed().lines().filter(line -> line.startsWith("ok")))
                .extracting(line -> line.split(" +", 3)[1])
                .contains(
                        "jdk",
                        "settings",
                        "libtorch",
                        "ffmpeg",
                        "model",
                        "enhancer",
                        "data",
                        "clock",
                        "port",
                        "database");
        assertThat(data).doesNotExist();
    }

    @Test
    void doctorNamesTheEnhancersModelAndOneThatIsNoModel() throws IOException {
        System.setProperty("OURVIDZ_ENHANCER_MODEL", "../enhancer/src/test/resources/lighthouse-qwen2.gguf");
        assertThat(Main.run("doctor")).as(printed()).isZero();
        assertThat(printed()).containsPattern("ok +enhancer +.*lighthouse-qwen2.gguf in llama.cpp");
        System.setProperty(
                "OURVIDZ_ENHANCER_MODEL",
                Files.writeString(folder.resolve("fox.gguf"), "a fox").toString());
        assertThat(Main.run("doctor")).isEqualTo(1);
        assertThat(printed()).contains("OURVIDZ_ENHANCER_MODEL must be a GGUF file");
    }

    @Test
    void doctorNamesWhatIsMissingOfACheckpoint() throws IOException {
        Files.delete(model.resolve("unet")); // links, both
        Files.delete(model.resolve("tokenizer_2"));
        assertThat(Main.run("doctor", "--json")).isEqualTo(1);
        var answer = new JsonMapper().readTree(printed());
        assertThat(answer.get("ok").asBoolean()).isFalse();
        assertThat(failures(answer)).containsExactly("model");
        assertThat(printed()).contains("unet/config.json", "tokenizer_2");
    }

    @Test
    void doctorFindsAPortThatIsTakenAndSettingsThatAreWrong() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            System.setProperty("OURVIDZ_PORT", Integer.toString(taken.getLocalPort()));
            assertThat(Main.run("doctor")).isEqualTo(1);
            assertThat(printed())
                    .containsPattern("fail +port .*" + taken.getLocalPort())
                    .contains("OURVIDZ_PORT");
        }
        System.setProperty("OURVIDZ_LOG_FORMAT", "xml");
        assertThat(Main.run("doctor")).isEqualTo(1);
        assertThat(printed()).containsPattern("fail +settings +OURVIDZ_LOG_FORMAT");
    }

    @Test
    void doctorFindsADamagedDatabase() throws IOException {
        Files.createDirectory(data);
        Files.write(data.resolve("ourvidz.db"), "no database at all".repeat(100).getBytes(StandardCharsets.US_ASCII));
        assertThat(Main.run("doctor")).isEqualTo(1);
        assertThat(printed()).containsPattern("fail +database").contains("./ourvidz restore");
    }

    @Test
    void doctorAndBackupWorkOnARunningPlatformAndRestoreBringsItsPicturesBack() {
        var copy = folder.resolve("copy.zip");
        try (var platform = new RunningPlatform(data, model, Map.of())) {
            platform.awaitEnd(platform.submit("sdxl_image_fast", 7));
            assertThat(Main.run("doctor")).as(printed()).isZero();
            assertThat(printed()).containsPattern("ok +server .*" + platform.url());
            assertThat(Main.run("backup", copy.toString())).as(said()).isZero();
            assertThat(printed()).contains("Saved 1 pictures", "secrets");
        }
        var restored = folder.resolve("restored");
        assertThat(Main.run("restore", copy.toString(), "--data", restored.toString()))
                .as(said())
                .isZero();
        assertThat(printed()).contains("Restored 1 pictures");
        assertThat(Main.run("restore", copy.toString(), "--data", restored.toString()))
                .isEqualTo(1);
        assertThat(said()).contains("is not empty");
        System.setProperty("OURVIDZ_DATA", restored.toString());
        assertThat(Main.run("doctor")).as(printed()).isZero();
    }

    private static List<String> failures(JsonNode answer) {
        return answer.get("checks")
                .valueStream()
                .filter(check -> check.get("level").asString().equals("fail"))
                .map(check -> check.get("check").asString())
                .toList();
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
