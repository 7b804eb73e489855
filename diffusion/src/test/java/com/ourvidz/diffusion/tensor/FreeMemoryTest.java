package com.ourvidz.diffusion.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as Linux has them, in a folder. */
class FreeMemoryTest {

    @TempDir
    private Path folder;

    @Test
    void theSystemSaysWhatIsAvailable() throws IOException {
        Path meminfo = write("meminfo", "MemTotal:  4096 kB\nMemFree:  16 kB\nMemAvailable:    2048 kB\n");
        assertThat(FreeMemory.available(meminfo)).hasValue(2048 << 10);
    }

    @Test
    void aContainersLimitCountsWithoutItsFileCache() throws IOException {
        Path membership = write("membership", "0::/pod/worker\n");
        write("pod/memory.max", "1000\n");
        write("pod/memory.current", "700\n");
        write("pod/memory.stat", "anon 400\ninactive_file 200\n");
        write("pod/worker/memory.max", "max\n");
        write("pod/worker/memory.current", "600\n");
        assertThat(FreeMemory.inGroups(folder, membership)).hasValue(500);
    }

    @Test
    void soDoesOneOfTheFirstVersion() throws IOException {
        Path membership = write("membership", "4:memory:/not/seen/from/inside\n0::/\n");
        write("memory/memory.limit_in_bytes", "1000\n");
        write("memory/memory.usage_in_bytes", "700\n");
        assertThat(FreeMemory.inGroups(folder, membership)).hasValue(300);
    }

    @Test
    void whereNothingIsSaidNothingIsKnown() {
        assertThat(FreeMemory.available(folder.resolve("meminfo"))).isEmpty();
        assertThat(FreeMemory.inGroups(folder, folder.resolve("membership"))).isEmpty();
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
