package com.ourvidz.worker;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;

/** How much memory this process has, for the operator. */
final class MemoryUse {

    private static final String[] USED_ON_GPUS = {
        "nvidia-smi", "--query-compute-apps=pid,used_memory", "--format=csv,noheader,nounits"
    };
    private static final int PATIENCE = 5;

    private MemoryUse() {}

    /**
     * In bytes: {@code resident_bytes}, and {@code gpu_bytes} where NVIDIA's driver knows this process. LibTorch keeps what it once took, so
     * that after a job this is the job's peak.
     */
    static Map<String, Long> ofThisProcess() {
        var use = new LinkedHashMap<>(Map.of("resident_bytes", Pointer.physicalBytes()));
        onGpus(ProcessHandle.current().pid(), USED_ON_GPUS).ifPresent(bytes -> use.put("gpu_bytes", bytes));
        return use;
    }

    /** From lines as {@code 4711, 3400}: a process and its MiB, one line a GPU. */
    static OptionalLong onGpus(long pid, String... command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return OptionalLong.empty();
            }
            try (var lines = process.inputReader().lines()) {
                return sum(lines, pid);
            }
        } catch (IOException e) {
            return OptionalLong.empty(); // no driver, no GPU
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalLong.empty();
        }
    }

    private static OptionalLong sum(Stream<String> lines, long pid) {
        return lines.map(line -> line.split(", *", 2))
                .filter(parts ->
                        parts.length == 2 && parts[0].equals(Long.toString(pid)) && parts[1].matches("\\d{1,9}"))
                .mapToLong(parts -> Long.parseLong(parts[1]) << 20)
                .reduce(Long::sum);
    }
}
