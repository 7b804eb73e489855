package com.ourvidz.server.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many processes the kernel has killed for want of memory, where it counts them. */
final class OutOfMemoryKills {

    private static final String COUNTER = "oom_kill ";

    private OutOfMemoryKills() {}

    static long count() {
        try (var lines = Files.lines(Path.of("/proc/vmstat"))) {
            return lines.filter(line -> line.startsWith(COUNTER))
                    .mapToLong(line ->
                            Long.parseLong(line.substring(COUNTER.length()).strip()))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0; // not Linux
        }
    }
}
