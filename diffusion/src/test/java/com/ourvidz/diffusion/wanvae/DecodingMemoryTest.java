package com.ourvidz.diffusion.wanvae;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.tensor.Inference;
import com.ourvidz.diffusion.tensor.Noise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** In processes of their own, whose Java heap is small and resident from the start: what grows is native memory. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the resident size is read from /proc")
class DecodingMemoryTest {

    @TempDir
    private Path folder;

    @Test
    void aVideoTwiceAsLongTakesAtMostHalfAsMuchMemoryAgain() throws IOException, InterruptedException {
        long half = growth("11", folder.resolve("half")); // 41 frames
        long whole = growth("22", folder.resolve("whole")); // 85 frames
        assertThat(half).as("bytes for 41 frames").isPositive();
        assertThat((double) whole / half).as("%d bytes to %d", whole, half).isLessThan(1.5);
    }

    private static long growth(String latentFrames, Path output) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms64m",
                        "-Xmx64m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1", // the optimising compiler takes memory when it gets round to it
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Decoding.class.getName(),
                        latentFrames)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(Decoding.GROWTH))
                .mapToLong(line -> Long.parseLong(line.substring(Decoding.GROWTH.length())))
                .findFirst()
                .orElseThrow();
    }

    /** What a process does: it prints by how many bytes it was larger at its largest while it decoded a video. */
    static final class Decoding {

        static final String GROWTH = "growth ";
        private static final int HEIGHT = 24; // latents
        private static final int WIDTH = 20;

        private Decoding() {}

        public static void main(String[] args) {
            System.out.println(GROWTH + new Inference(1).run(() -> growth(Integer.parseInt(args[0]))));
        }

        private static long growth(int latentFrames) {
            AutoencoderKLWan vae = load();
            long before = status("VmRSS:");
            vae.decode(new Noise(1).draw(1, vae.latentChannels(), latentFrames, HEIGHT, WIDTH), frames -> {});
            return status("VmHWM:") - before;
        }

        private static AutoencoderKLWan load() {
            Path folder = Golden.path("tiny-wan/vae");
            try (Weights weights = Weights.open(folder, ScalarType.Float)) {
                return new AutoencoderKLWan(Config.read(folder.resolve("config.json")), weights);
            }
        }

        private static long status(String line) {
            try {
                return Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(status -> status.startsWith(line))
                        .mapToLong(status -> Long.parseLong(status.replaceAll("\\D", "")) << 10)
                        .findFirst()
                        .orElseThrow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
