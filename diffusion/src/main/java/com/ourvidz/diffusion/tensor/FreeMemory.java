package com.ourvidz.diffusion.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How much memory this process can still take before the system, or the control group (container) that it is in, has none left. */
public final class FreeMemory {

    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable: +(\\d+) kB");
    private static final Pattern RECLAIMABLE = Pattern.compile("(?m)^inactive_file (\\d+)$");
    private static final Pattern NUMBER = Pattern.compile("^(\\d+)$"); // a limit may also be "max"

    private FreeMemory() {}

    /** In bytes; empty where the system does not say, which is elsewhere than on Linux. */
    public static OptionalLong bytes() {
        return min(
                available(Path.of("/proc/meminfo")), inGroups(Path.of("/sys/fs/cgroup"), Path.of("/proc/self/cgroup")));
    }

    /** What the whole system can give, file cache included. */
    static OptionalLong available(Path meminfo) {
        return number(AVAILABLE, meminfo).stream()
                .map(kilobytes -> kilobytes << 10)
                .findFirst();
    }

    /** The least that a control group above this process leaves. */
    static OptionalLong inGroups(Path root, Path membership) {
        return read(membership)
                .lines()
                .map(line -> line.split(":", 3))
                .filter(parts -> parts.length == 3)
                .flatMap(parts -> switch (parts[1]) {
                    case "" -> groups(root, parts[2], "memory.max", "memory.current");
                    case "memory" ->
                        groups(root.resolve("memory"), parts[2], "memory.limit_in_bytes", "memory.usage_in_bytes");
                    default -> Stream.<OptionalLong>empty();
                })
                .flatMapToLong(OptionalLong::stream)
                .min();
    }

    /** A process in a container may see its own group as the root, whatever its path says. */
    private static Stream<OptionalLong> groups(Path root, String path, String limit, String used) {
        Path group = root.resolve(path.substring(1));
        return Stream.iterate(group, folder -> folder != null && folder.startsWith(root), Path::getParent)
                .map(folder -> left(folder, limit, used));
    }

    private static OptionalLong left(Path group, String limit, String used) {
        OptionalLong most = number(NUMBER, group.resolve(limit));
        OptionalLong taken = number(NUMBER, group.resolve(used));
        long cache = number(RECLAIMABLE, group.resolve("memory.stat")).orElse(0);
        return most.isPresent() && taken.isPresent()
                ? OptionalLong.of(Math.max(0, most.getAsLong() - taken.getAsLong() + cache))
                : OptionalLong.empty();
    }

    private static OptionalLong number(Pattern pattern, Path file) {
        return pattern.matcher(read(file).strip())
                .results()
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .findFirst();
    }

    /** Files of the kernel; none on other systems. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    private static OptionalLong min(OptionalLong... sizes) {
        return Arrays.stream(sizes).flatMapToLong(OptionalLong::stream).min();
    }
}
