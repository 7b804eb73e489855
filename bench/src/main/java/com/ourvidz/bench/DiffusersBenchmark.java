package com.ourvidz.bench;

import com.ourvidz.diffusion.sdxl.GenerationDefaults;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Side by side with diffusers: the same pictures from the same checkpoint, by turns, each in a process of its own that starts from nothing.
 * {@code DiffusersBenchmark MODEL PYTHON SCRIPT}.
 */
final class DiffusersBenchmark {

    private static final int PAIRS = 5;
    private static final int PICTURES = 3;
    private static final int STEPS = 15;
    private static final String THREADS = Integer.toString(Runtime.getRuntime().availableProcessors());

    private final Path model;
    private final List<String> peer;
    private final String guidance;

    private DiffusersBenchmark(Path model, List<String> peer) {
        this.model = model;
        this.peer = peer;
        this.guidance = Double.toString(GenerationDefaults.read(model, "sdxl_image_fast")
                .guidanceScale()
                .orElse(6.0));
    }

    /** One run of one side: seconds from its start to its first picture, seconds for a further one (median), its peak memory. */
    private record Side(double first, double picture, double megabytes, ByteBuffer rgb) {}

    private record Pair(Side ours, Side theirs) {

        double ratio(ToDoubleFunction<Side> figure) {
            return figure.applyAsDouble(ours) / figure.applyAsDouble(theirs);
        }

        /** Of the first picture's bytes, 0 to 255. */
        int largestDifference() {
            return IntStream.range(0, ours.rgb.capacity())
                    .map(i -> Math.abs((ours.rgb.get(i) & 0xff) - (theirs.rgb.get(i) & 0xff)))
                    .max()
                    .orElseThrow();
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        var benchmark = new DiffusersBenchmark(Path.of(args[0]), List.of(args[1], args[2]));
        System.out.printf(
                "%s, 1024x1024, %d steps, %s threads, ours / diffusers%n",
                benchmark.model.getFileName(), STEPS, THREADS);
        for (var dtype : List.of("float32", "bfloat16")) {
            benchmark.compare(dtype);
        }
    }

    private void compare(String dtype) throws IOException, InterruptedException {
        System.out.println(dtype + "   s/picture          peak MB            first picture s     bytes differ by");
        var pairs = new ArrayList<Pair>();
        for (var count = 0; count < PAIRS; count++) {
            var pair = new Pair(side(Processes.command(PictureSide.class), dtype), side(peer, dtype));
            pairs.add(pair);
            System.out.printf(
                    Locale.ROOT,
                    "  %15s %18s %18s %15d%n",
                    figures("%.2f / %.2f", pair, Side::picture),
                    figures("%.0f / %.0f", pair, Side::megabytes),
                    figures("%.1f / %.1f", pair, Side::first),
                    pair.largestDifference());
        }
        System.out.printf(
                Locale.ROOT,
                "  median ratio: s/picture %.2f, peak memory %.2f, first picture %.2f%n",
                median(pairs, Side::picture),
                median(pairs, Side::megabytes),
                median(pairs, Side::first));
    }

    private static String figures(String format, Pair pair, ToDoubleFunction<Side> figure) {
        return String.format(Locale.ROOT, format, figure.applyAsDouble(pair.ours), figure.applyAsDouble(pair.theirs));
    }

    private static double median(List<Pair> pairs, ToDoubleFunction<Side> figure) {
        return Times.of(pairs.stream().map(pair -> pair.ratio(figure)).toList()).median();
    }

    private Side side(List<String> program, String dtype) throws IOException, InterruptedException {
        var out = Files.createTempFile("picture", ".rgb");
        var command = new ArrayList<>(program);
        command.addAll(List.of(
                model.toString(),
                dtype,
                THREADS,
                Integer.toString(STEPS),
                guidance,
                Integer.toString(PICTURES),
                out.toString()));
        try {
            return listen(command, out);
        } finally {
            Files.delete(out);
        }
    }

    /** The peak is read before the process is let go. */
    private static Side listen(List<String> command, Path out) throws IOException, InterruptedException {
        var start = System.nanoTime();
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var seconds = new ArrayList<Double>();
        var first = 0.0;
        try (var lines = process.inputReader()) {
            for (var line = lines.readLine(); !"done".equals(line); line = lines.readLine()) {
                if (line == null) {
                    throw new IllegalStateException(String.join(" ", command) + " ended with " + process.waitFor());
                }
                if (line.equals("first")) {
                    first = (System.nanoTime() - start) / 1e9;
                } else {
                    seconds.add(Double.parseDouble(line.substring("seconds ".length())));
                }
            }
            var peak = Memory.peakMegabytes(process.pid());
            return new Side(first, Times.of(seconds).median(), peak, ByteBuffer.wrap(Files.readAllBytes(out)));
        } finally {
            process.getOutputStream().close();
            process.waitFor();
        }
    }
}
