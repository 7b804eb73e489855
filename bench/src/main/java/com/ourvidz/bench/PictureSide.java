package com.ourvidz.bench;

import com.ourvidz.diffusion.sdxl.Guidance;
import com.ourvidz.diffusion.sdxl.Options;
import com.ourvidz.diffusion.sdxl.SdxlPipeline;
import com.ourvidz.diffusion.sdxl.TextToImage;
import com.ourvidz.diffusion.tensor.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Our half of {@link DiffusersBenchmark}: {@code PictureSide MODEL DTYPE THREADS STEPS GUIDANCE PICTURES OUT}. Says {@code first} when it has
 * made a picture, whose bytes it then writes to OUT; {@code seconds N} for each further one; {@code done}; and ends when its input ends.
 */
final class PictureSide {

    private static final String PROMPT = "a red lighthouse by the sea at sunset";
    private static final int SIDE = 1024;

    private final SdxlPipeline pipeline;
    private final int steps;
    private final double guidance;

    private PictureSide(SdxlPipeline pipeline, int steps, double guidance) {
        this.pipeline = pipeline;
        this.steps = steps;
        this.guidance = guidance;
    }

    public static void main(String[] args) throws IOException {
        var options = Options.defaults()
                .withPrecision(Precision.valueOf(args[1].toUpperCase(Locale.ROOT)))
                .withThreads(Integer.parseInt(args[2]));
        try (var pipeline = SdxlPipeline.load(Path.of(args[0]), options)) {
            new PictureSide(pipeline, Integer.parseInt(args[3]), Double.parseDouble(args[4]))
                    .run(Integer.parseInt(args[5]), Path.of(args[6]));
        }
        while (System.in.read() >= 0) {
            // whoever measures this process has not looked yet
        }
    }

    private void run(int pictures, Path out) throws IOException {
        var first = picture(0);
        System.out.println("first");
        Files.write(out, first);
        for (var seed = 1; seed <= pictures; seed++) {
            var start = System.nanoTime();
            picture(seed);
            System.out.println("seconds " + (System.nanoTime() - start) / 1e9);
        }
        System.out.println("done");
    }

    private byte[] picture(long seed) {
        var request =
                new TextToImage(PROMPT, "", SIDE, SIDE, steps, Guidance.of(guidance), Optional.empty(), List.of(seed));
        return pipeline.generate(request, (stage, step, total) -> true)
                .pictures()
                .getFirst()
                .rgb();
    }
}
