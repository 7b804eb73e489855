package com.ourvidz.bench;

import com.ourvidz.diffusion.tensor.Precision;
import com.ourvidz.diffusion.wan.Options;
import com.ourvidz.diffusion.wan.TextToVideo;
import com.ourvidz.diffusion.wan.WanPipeline;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Our half of {@link DiffusersBenchmark} for videos: {@code VideoSide MODEL DTYPE THREADS STEPS GUIDANCE VIDEOS OUT}. Says {@code seconds N}
 * for each video, {@code first} after the first, whose frames' bytes it has written to OUT; {@code done}; and ends when its input ends.
 */
final class VideoSide {

    private static final String PROMPT = "a red windmill turning on green hills by day";

    private VideoSide() {}

    public static void main(String[] args) throws IOException {
        var options = Options.defaults()
                .withPrecision(Precision.valueOf(args[1].toUpperCase(Locale.ROOT)))
                .withThreads(Integer.parseInt(args[2]));
        try (var pipeline = WanPipeline.load(Path.of(args[0]), options);
                var out = new BufferedOutputStream(Files.newOutputStream(Path.of(args[6])))) {
            for (var seed = 0; seed < Integer.parseInt(args[5]); seed++) {
                var start = System.nanoTime();
                make(pipeline, args, seed, seed == 0 ? out : OutputStream.nullOutputStream());
                System.out.println("seconds " + (System.nanoTime() - start) / 1e9);
                if (seed == 0) {
                    System.out.println("first");
                }
            }
        }
        System.out.println("done");
        while (System.in.read() >= 0) {
            // whoever measures this process has not looked yet
        }
    }

    private static void make(WanPipeline pipeline, String[] args, long seed, OutputStream out) {
        var request = new TextToVideo(
                PROMPT,
                "",
                480,
                832,
                83,
                Integer.parseInt(args[3]),
                Double.parseDouble(args[4]),
                Optional.empty(),
                seed);
        pipeline.generate(request, (stage, step, total) -> true, (index, frame) -> {
            try {
                out.write(frame.rgb());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
