package com.ourvidz.bench;

import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.sdxl.GenerationDefaults;
import com.ourvidz.diffusion.sdxl.Guidance;
import com.ourvidz.diffusion.sdxl.Options;
import com.ourvidz.diffusion.sdxl.Pictures;
import com.ourvidz.diffusion.sdxl.SdxlPipeline;
import com.ourvidz.diffusion.sdxl.TextToImage;
import com.ourvidz.diffusion.tensor.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a picture of 1024x1024 in 15 steps costs, in float32 and in bfloat16, each in a process of its own: {@code PictureBenchmark MODEL}.
 */
final class PictureBenchmark {

    private static final int PICTURES = 5;
    private static final int STEPS = 15;
    private static final int WIDTH = 1024;

    private PictureBenchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var model = Path.of(args[0]);
        if (args.length > 1) {
            measure(model, Precision.valueOf(args[1]));
            return;
        }
        System.out.printf(
                "%s, %dx%d, %d steps, guided, median of %d%n", model.getFileName(), WIDTH, WIDTH, STEPS, PICTURES);
        System.out.println("dtype     s/picture  s/step  decode  GFLOP/step  of peak  peak MB  first picture");
        for (var precision : Precision.values()) {
            Processes.java(PictureBenchmark.class, model.toString(), precision.name());
        }
    }

    private static void measure(Path model, Precision precision) throws IOException {
        var options = Options.defaults().withPrecision(precision);
        try (var pipeline = SdxlPipeline.load(model, options)) {
            picture(pipeline, model, 0);
            var first = Duration.between(
                    ProcessHandle.current().info().startInstant().orElseThrow(), Instant.now());
            var runs = IntStream.rangeClosed(1, PICTURES)
                    .mapToObj(seed -> timed(pipeline, model, seed))
                    .toList();
            report(model, precision, runs, first);
        }
    }

    private record Run(double seconds, Pictures pictures) {}

    private static Run timed(SdxlPipeline pipeline, Path model, long seed) {
        var start = System.nanoTime();
        var pictures = picture(pipeline, model, seed);
        return new Run((System.nanoTime() - start) / 1e9, pictures);
    }

    private static Pictures picture(SdxlPipeline pipeline, Path model, long seed) {
        var guidance = GenerationDefaults.read(model, "sdxl_image_fast")
                .guidanceScale()
                .orElse(6.0);
        var request = new TextToImage(
                "a red lighthouse by the sea at sunset",
                "",
                WIDTH,
                WIDTH,
                STEPS,
                Guidance.of(guidance),
                Optional.empty(),
                List.of(seed));
        return pipeline.generate(request, (stage, step, total) -> true);
    }

    private static void report(Path model, Precision precision, List<Run> runs, Duration first) throws IOException {
        var steps = new ArrayList<Double>();
        runs.forEach(run -> run.pictures().timings().steps().forEach(step -> steps.add(seconds(step))));
        var step = Times.of(steps).median();
        var flops = UnetFlops.ofStep(model.resolve("unet"), latentWidth(model));
        var peak = MatrixPeak.flopsPerSecond(precision);
        System.out.printf(
                Locale.ROOT,
                "%-9s %9.2f  %6.3f  %6.2f  %10.1f  %6.0f%%  %7d  %11.1f s%n",
                precision.name().toLowerCase(Locale.ROOT),
                Times.of(runs.stream().map(Run::seconds).toList()).median(),
                step,
                Times.of(runs.stream()
                                .map(run -> seconds(run.pictures().timings().decode()))
                                .toList())
                        .median(),
                flops / 1e9,
                100 * flops / step / peak,
                Memory.peakMegabytes(ProcessHandle.current().pid()),
                seconds(first));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** An autoencoder halves the width between its levels. */
    private static long latentWidth(Path model) {
        var levels = Config.read(model.resolve("vae").resolve("config.json")).integers("block_out_channels");
        return WIDTH >> (levels.size() - 1);
    }
}
