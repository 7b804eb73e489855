package com.ourvidz.diffusion.sdxl;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.diffusion.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own, whose Java heap is small and resident from the start: what grows is native memory. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the resident size is read from /proc")
class MemoryTest {

    private static final int PICTURES = 200;

    /** What the JVM's own compiler and allocator may still take; one forgotten tensor a picture is several times as much. */
    private static final long LARGEST_GROWTH = 16L << 20;

    @TempDir
    private Path folder;

    @Test
    void twoHundredPicturesLeaveNoMemoryBehind() throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms96m",
                        "-Xmx96m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1", // the optimising compiler takes memory when it gets round to it
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Drawing.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        String printed = waitFor(process, output);
        assertThat(process.exitValue()).as(printed).isZero();
        assertThat(growth(printed)).as("bytes more").isLessThan(LARGEST_GROWTH);
    }

    private static String waitFor(Process process, Path output) throws IOException, InterruptedException {
        try {
            process.waitFor();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private static long growth(String printed) {
        return printed.lines()
                .filter(line -> line.startsWith(Drawing.GROWTH))
                .mapToLong(line -> Long.parseLong(line.substring(Drawing.GROWTH.length())))
                .findFirst()
                .orElseThrow();
    }

    /** What the process does: it prints by how many bytes it grew while it drew. */
    static final class Drawing {

        static final String GROWTH = "growth ";

        private Drawing() {}

        public static void main(String[] args) throws IOException {
            Options options = Options.defaults().withThreads(1);
            try (SdxlPipeline pipeline = SdxlPipeline.load(Golden.path("tiny-sdxl"), options)) {
                draw(pipeline, PICTURES / 2);
                long before = resident();
                draw(pipeline, PICTURES);
                System.out.println(GROWTH + (resident() - before));
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

        private static long resident() throws IOException {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
