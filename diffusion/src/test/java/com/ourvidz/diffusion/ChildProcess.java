package com.ourvidz.diffusion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own for what is measured or may end it. Its heap is small and resident from the start: what grows is native memory. */
public final class ChildProcess {

    private static final long LONGEST_MINUTES = 10;

    private ChildProcess() {}

    /** What a process printed. */
    public record Result(String output) {

        /** What follows {@code name} and a space, in each line that begins with them. */
        public List<String> lines(String name) {
            return output.lines()
                    .filter(line -> line.startsWith(name + " "))
                    .map(line -> line.substring(name.length() + 1))
                    .toList();
        }

        /** The number in the only such line; 0 when there is none. */
        public long number(String name) {
            return lines(name).stream().mapToLong(Long::parseLong).sum();
        }
    }

    /** Runs a class's {@code main} to its end, which must be a good one. */
    public static Result run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile("child", ".txt");
        Process process = new ProcessBuilder(command(main, arguments))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES);
            String printed = Files.readString(output, StandardCharsets.UTF_8);
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError((ended ? "ended with " + process.exitValue() : "hangs") + ":\n" + printed);
            }
            return new Result(printed);
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }

    private static List<String> command(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms96m",
                "-Xmx96m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // the optimising compiler takes memory when it gets round to it
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** A size in bytes that the system keeps of this process, such as {@code VmRSS}: a line of {@code /proc/self/status}. */
    public static long status(String name) {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith(name + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
