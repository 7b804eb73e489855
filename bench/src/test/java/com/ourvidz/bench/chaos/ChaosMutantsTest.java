package com.ourvidz.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The patches that show what the chaos harness notices; to run them takes too long for every build. */
class ChaosMutantsTest {

    private static final Path PATCHES = Path.of("chaos-mutants");

    static List<Path> patches() throws IOException {
        try (var files = Files.newDirectoryStream(PATCHES, "*.patch")) {
            return StreamSupport.stream(files.spliterator(), false).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("patches")
    void fitsTheSourcesAsTheyAre(Path patch) throws IOException, InterruptedException {
        var git = new ProcessBuilder(
                        "git", "apply", "--check", patch.toAbsolutePath().toString())
                .directory(Path.of("..").toFile())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(git.waitFor()).isZero();
    }
}
