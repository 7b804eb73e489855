package com.ourvidz.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.catalog.Queue;
import com.ourvidz.diffusion.lora.LoraFile;
import com.ourvidz.diffusion.sdxl.Options.Prompts;
import com.ourvidz.diffusion.tensor.Precision;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerSettingsTest {

    private static final Map<String, String> LEAST = Map.of(
            "OURVIDZ_SERVER", "http://localhost:8080", "OURVIDZ_WORKER_KEY", "key", "OURVIDZ_SDXL_MODEL", "models/fox");

    @TempDir
    private Path folder;

    @Test
    void serverKeyAndModelAreEnough() {
        var settings = WorkerSettings.of(LEAST);
        assertThat(settings.server()).isEqualTo(URI.create("http://localhost:8080"));
        assertThat(settings.key()).isEqualTo("key");
        assertThat(settings.id())
                .isNotBlank()
                .isNotEqualTo(WorkerSettings.of(LEAST).id());
        assertThat(settings.queue()).isEqualTo(Queue.SDXL_QUEUE);
        assertThat(settings.model()).isEqualTo(Path.of("models/fox"));
        assertThat(settings.sdxlConfig()).isEmpty();
        assertThat(settings.loras()).isEmpty();
        assertThat(settings.prompts()).isEqualTo(Prompts.WEIGHTED);
        assertThat(settings.precision()).isEmpty();
        assertThat(settings.threads()).isEmpty();
        assertThat(settings.grace()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.watchStdin()).isFalse();
    }

    @Test
    void everySettingIsRead() {
        var settings = WorkerSettings.of(with(Map.of(
                "OURVIDZ_WORKER_ID", "attic-1",
                "OURVIDZ_SDXL_LORAS", "styles/fox.safetensors:0.8, snow:2.safetensors:-0.5",
                "OURVIDZ_DTYPE", "bfloat16",
                "OURVIDZ_THREADS", "2",
                "OURVIDZ_WORKER_GRACE", "0",
                "OURVIDZ_WATCH_STDIN", "1",
                "OURVIDZ_STEPS_SDXL_IMAGE_FAST", "6",
                "OURVIDZ_GUIDANCE_SDXL_IMAGE_HIGH", "1.5",
                "OURVIDZ_SCHEDULER_SDXL_IMAGE_HIGH", "euler_a")));
        assertThat(settings.id()).isEqualTo("attic-1");
        assertThat(settings.loras())
                .containsExactly(
                        new LoraFile(Path.of("styles/fox.safetensors"), 0.8),
                        new LoraFile(Path.of("snow:2.safetensors"), -0.5));
        assertThat(settings.precision()).contains(Precision.BFLOAT16);
        assertThat(settings.threads()).hasValue(2);
        assertThat(settings.grace()).isZero();
        assertThat(settings.watchStdin()).isTrue();
        assertThat(settings.generation().steps(JobType.SDXL_IMAGE_FAST)).hasValue(6);
        assertThat(settings.generation().steps(JobType.SDXL_IMAGE_HIGH)).isEmpty();
        assertThat(settings.generation().guidanceScale(JobType.SDXL_IMAGE_HIGH)).hasValue(1.5);
        assertThat(settings.generation().scheduler(JobType.SDXL_IMAGE_HIGH)).contains("euler_a");
        assertThat(settings.generation().scheduler(JobType.SDXL_IMAGE_FAST)).isEmpty();
    }

    @Test
    void theQueueDecidesWhichModelIsServed() {
        var settings = WorkerSettings.of(with(Map.of(
                "OURVIDZ_WORKER_QUEUE", "wan_queue",
                "OURVIDZ_WAN_MODEL", "models/sea",
                "OURVIDZ_MODEL_MEMORY", "35GB")));
        assertThat(settings.queue()).isEqualTo(Queue.WAN_QUEUE);
        assertThat(settings.model()).isEqualTo(Path.of("models/sea"));
        assertThat(settings.modelMemory()).contains(35L << 30);
        assertThatThrownBy(() -> WorkerSettings.of(with(Map.of("OURVIDZ_WORKER_QUEUE", "wan_queue"))))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("OURVIDZ_WAN_MODEL");
    }

    @Test
    void aSingleFileAsksForAConfigFolderAndAFolderRefusesOne() throws IOException {
        var file = Files.createFile(folder.resolve("fox.safetensors")).toString();
        var settings =
                WorkerSettings.of(with(Map.of("OURVIDZ_SDXL_MODEL", file, "OURVIDZ_SDXL_CONFIG", "models/base")));
        assertThat(settings.model()).isEqualTo(Path.of(file));
        assertThat(settings.sdxlConfig()).contains(Path.of("models/base"));
        assertRefused(Map.of("OURVIDZ_SDXL_MODEL", file));
        assertRefused(Map.of("OURVIDZ_SDXL_MODEL", folder.toString(), "OURVIDZ_SDXL_CONFIG", "models/base"));
    }

    private static void assertRefused(Map<String, String> model) {
        assertThatThrownBy(() -> WorkerSettings.of(with(model)))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("OURVIDZ_SDXL_CONFIG")
                .hasMessageMatching("[^\n]+\\.");
    }

    @Test
    void promptsCanBeReadAsTheyStand() {
        assertThat(WorkerSettings.of(with(Map.of("OURVIDZ_PROMPT_WEIGHTS", "off")))
                        .prompts())
                .isEqualTo(Prompts.PLAIN);
    }

    @ParameterizedTest
    @CsvSource({
        "OURVIDZ_SERVER, ''",
        "OURVIDZ_SERVER, localhost:8080",
        "OURVIDZ_SERVER, ht tp",
        "OURVIDZ_WORKER_KEY, ' '",
        "OURVIDZ_SDXL_MODEL, ''",
        "OURVIDZ_WORKER_QUEUE, fox_queue",
        "OURVIDZ_SDXL_LORAS, fox.safetensors",
        "OURVIDZ_SDXL_LORAS, fox.safetensors:much",
        "OURVIDZ_SDXL_LORAS, fox.safetensors:NaN",
        "OURVIDZ_SDXL_LORAS, 'fox.safetensors:1,'",
        "OURVIDZ_SDXL_LORAS, ':1'",
        "OURVIDZ_PROMPT_WEIGHTS, heavy",
        "OURVIDZ_DTYPE, float64",
        "OURVIDZ_MODEL_MEMORY, 35",
        "OURVIDZ_MODEL_MEMORY, plenty",
        "OURVIDZ_THREADS, 0",
        "OURVIDZ_THREADS, many",
        "OURVIDZ_WORKER_GRACE, -1",
        "OURVIDZ_STEPS_SDXL_IMAGE_FAST, 0",
        "OURVIDZ_GUIDANCE_SDXL_IMAGE_FAST, NaN",
        "OURVIDZ_SCHEDULER_SDXL_IMAGE_FAST, heun"
    })
    void anUnusableSettingIsNamedInOneSentence(String name, String value) {
        assertThatThrownBy(() -> WorkerSettings.of(with(Map.of(name, value))))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(name)
                .hasMessageMatching("[^\n]+\\.");
    }

    private static Map<String, String> with(Map<String, String> more) {
        var all = new HashMap<>(LEAST);
        all.putAll(more);
        return all;
    }
}
