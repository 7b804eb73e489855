package com.ourvidz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.catalog.Queue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An enhanced job with a GGUF model, from a prompt over HTTP to the picture, with real processes. */
class EnhancedGenerationTest {

    private static final Path MODEL = Path.of("../enhancer/src/test/resources/lighthouse-qwen2.gguf");

    @TempDir
    private Path folder;

    @Test
    void theModelsProcessIsThereForThePromptAndGoneForThePicture() {
        try (var platform = platform()) {
            var request =
                    new JobRequest("image7b_fast_enhanced", "a lighthouse", Optional.empty(), 1, Optional.empty());
            var id = platform.submit(request);
            var worker = platform.worker(Queue.WAN_QUEUE);
            var llama = Await.until(
                            "a process of the worker's",
                            () -> worker.children()
                                    .filter(ProcessHandle::isAlive)
                                    .findFirst(),
                            Optional::isPresent)
                    .orElseThrow();
            var during = resident(List.of(worker, llama));
            platform.await(id, "the first step", job -> job.doing().startsWith("denoising") || job.hasEnded());
            assertThat(llama.isAlive()).isFalse();
            var job = platform.awaitEnd(id);
            assertThat(job.isCompleted()).as(job.toString()).isTrue();
            assertThat(job.metadata().path("enhanced_by").asString()).isEqualTo("lighthouse-qwen2");
            assertThat(job.metadata().path("enhanced_prompt").asString())
                    .isEqualTo("A red lighthouse on a cliff at dusk. Waves below!");
            assertThat(worker.children()).isEmpty();
            System.out.printf(
                    "Resident: %d MB of worker and llama.cpp while enhancing, %d MB of the worker with WAN afterwards%n",
                    during, resident(List.of(worker)));
        }
    }

    private RunningPlatform platform() {
        return new RunningPlatform(
                folder.resolve("data"),
                Checkpoints.TINY,
                Map.of(
                        "OURVIDZ_WORKERS",
                        "wan_queue",
                        "OURVIDZ_WAN_MODEL",
                        Checkpoints.wan(folder.resolve("wan"), 2).toString(),
                        "OURVIDZ_ENHANCER_MODEL",
                        MODEL.toString()));
    }

    /** What the processes have in memory, in megabytes. */
    private static long resident(List<ProcessHandle> processes) {
        return processes.stream().mapToLong(EnhancedGenerationTest::resident).sum() >> 10;
    }

    private static long resident(ProcessHandle process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException e) {
            return 0; // it has ended
        }
    }
}
