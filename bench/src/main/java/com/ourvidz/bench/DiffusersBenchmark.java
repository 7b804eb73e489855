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
 * Side by side with diffusers: the same pictures or videos from the same checkpoint, by turns, each in a process of its own that starts from
 * nothing. {@code DiffusersBenchmark picture|video MODEL PYTHON FOLDER}, where the folder holds the Python halves.
 */
final class DiffusersBenchmark {

    private static final String THREADS = Integer.toString(Runtime.getRuntime().availableProcessors());

    /** What is made, and how often: the videos take minutes. */
    private enum Kind {
        PICTURE(PictureSide.class, "1024x1024", "sdxl_image_fast", 15, 6.0, 3, 5),
        VIDEO(VideoSide.class, "83 frames of 480x832", "video_fast", 25, 6.5, 1, 3);

        private final Class<?> ours;
        private final String size;
        private final String jobType;
        private final int steps;
        private final double guidance;
        private final int repetitions;
        private final int pairs;

        Kind(Class<?> ours, String size, String jobType, int steps, double guidance, int repetitions, int pairs) {
            this.ours = ours;
            this.size = size;
            this.jobType = jobType;
            this.steps = steps;
            this.guidance = guidance;
            this.repetitions = repetitions;
            this.pairs = pairs;
        }

        List<String> dtypes() {
            return this == VIDEO ? List.of("float32") : List.of("float32", "bfloat16");
        }

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Kind kind;
    private final Path model;
    private final List<String> peer;
    private final String steps;
    private final String guidance;

    private DiffusersBenchmark(Kind kind, Path model, List<String> peer) {
        var defaults = GenerationDefaults.read(model, kind.jobType);
        this.kind = kind;
        this.model = model;
        this.peer = peer;
        this.steps = Integer.toString(defaults.steps().orElse(kind.steps));
        this.guidance = Double.toString(defaults.guidanceScale().orElse(kind.guidance));
    }

    /** One run of one side: seconds from its start to its first result, seconds that one takes (median), its peak memory. */
    private record Side(double first, double seconds, double megabytes, ByteBuffer rgb) {}

    private record Pair(Side ours, Side theirs) {

        double ratio(ToDoubleFunction<Side> figure) {
            return figure.applyAsDouble(ours) / figure.applyAsDouble(theirs);
        }

        /** Of the first result's bytes, 0 to 255. */
        int largestDifference() {
            return IntStream.range(0, ours.rgb.capacity())
                    .map(i -> Math.abs((ours.rgb.get(i) & 0xff) - (theirs.rgb.get(i) & 0xff)))
                    .max()
                    .orElseThrow();
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        var kind = Kind.valueOf(args[0].toUpperCase(Locale.ROOT));
        var peer = List.of(args[2], Path.of(args[3], kind.id() + ".py").toString());
        var benchmark = new DiffusersBenchmark(kind, Path.of(args[1]), peer);
        System.out.printf(
                "%s, %s, %s steps, guidance %s, %s threads, ours / diffusers%n",
                benchmark.model.getFileName(), kind.size, benchmark.steps, benchmark.guidance, THREADS);
        for (var dtype : kind.dtypes()) {
            benchmark.compare(dtype);
        }
    }

    private void compare(String dtype) throws IOException, InterruptedException {
        System.out.printf(
                "%s   s/%s          peak MB            first %s s     bytes differ by%n", dtype, kind.id(), kind.id());
        var pairs = new ArrayList<Pair>();
        for (var count = 0; count < kind.pairs; count++) {
            var pair = new Pair(side(Processes.command(kind.ours), dtype), side(peer, dtype));
            pairs.add(pair);
            System.out.printf(
                    Locale.ROOT,
                    "  %15s %18s %18s %15d%n",
                    figures("%.2f / %.2f", pair, Side::seconds),
                    figures("%.0f / %.0f", pair, Side::megabytes),
                    figures("%.1f / %.1f", pair, Side::first),
                    pair.largestDifference());
        }
        System.out.printf(
                Locale.ROOT,
                "  median ratio: s/%s %.2f, peak memory %.2f, first %s %.2f%n",
                kind.id(),
                median(pairs, Side::seconds),
                median(pairs, Side::megabytes),
                kind.id(),
                median(pairs, Side::first));
    }

    private static String figures(String format, Pair pair, ToDoubleFunction<Side> figure) {
        return String.format(Locale.ROOT, format, figure.applyAsDouble(pair.ours), figure.applyAsDouble(pair.theirs));
    }

    private static double median(List<Pair> pairs, ToDoubleFunction<Side> figure) {
        return Times.of(pairs.stream().map(pair -> pair.ratio(figure)).toList()).median();
    }

    private Side side(List<String> program, String dtype) throws IOException, InterruptedException {
        var out = Files.createTempFile("frames", ".rgb");
        var command = new ArrayList<>(program);
        command.addAll(List.of(
                model.toString(), dtype, THREADS, steps, guidance, Integer.toString(kind.repetitions), out.toString()));
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
