package com.ourvidz.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Measurements that need a process of their own. */
final class Processes {

    private Processes() {}

    /** Runs a main class on this JVM's class path, its output with ours, and waits for it. */
    static void java(Class<?> main, String... arguments) throws IOException, InterruptedException {
        var status = new ProcessBuilder(Stream.concat(command(main).stream(), Stream.of(arguments))
                        .toList())
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException(main.getSimpleName() + " ended with " + status);
        }
    }

    /** Runs a main class on this JVM's class path, with the launcher's options. */
    static List<String> command(Class<?> main) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Xmn16m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
    }
}
