package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The metrics of a started platform, and the dashboard over them. */
class MonitoringTest {

    /** The figures of the API reference under Performance Monitoring, in its order, with their targets. */
    private static final Map<String, Double> FIGURES = """
            Job success rate|0.95
            SDXL fast (1 image)|8
            SDXL fast (3 images)|24
            SDXL fast (6 images)|48
            SDXL high (1 image)|15
            SDXL high (3 images)|45
            SDXL high (6 images)|90
            WAN video_fast|135
            WAN video_high|180
            WAN image_fast|25
            WAN image_high|40
            Enhanced jobs: overhead|60
            Reference download time|5
            Reference processing overhead|0.3
            Reference success rate|0.98
            Seed control: overhead|0
            Seed control: success rate|1
            sdxl_queue polling|2
            wan_queue polling|5
            Queue depth|10
            Queue wait|300
            GPU memory|35e9
            Worker uptime|0.99
            Storage availability|1
            API response time|0.5
            Reference storage per user|1e9
            """.lines()
            .map(line -> line.split("\\|", 2))
            .collect(Collectors.toUnmodifiableMap(parts -> parts[0], parts -> Double.valueOf(parts[1])));

    private static final Pattern METRIC = Pattern.compile("\\b(?:ourvidz|http|process|jvm)_[a-z_]+");

    @Test
    void everyDocumentedFigureHasAPanelWithItsTargetAsALine() throws IOException {
        var panels = panels().stream()
                .collect(Collectors.toMap(panel -> panel.get("title").asString(), panel -> panel));
        FIGURES.forEach((figure, target) -> {
            var defaults = Objects.requireNonNull(panels.get(figure), figure).at("/fieldConfig/defaults");
            assertThat(defaults.at("/thresholds/steps/1/value").asDouble())
                    .as(figure)
                    .isEqualTo(target);
            assertThat(defaults.at("/custom/thresholdsStyle/mode").asString()).isEqualTo("line");
        });
    }

    @Test
    void everyMetricThatTheDashboardAsksForIsExportedByAPlatformThatHasMadeAPicture() throws IOException {
        try (var platform = new TestPlatform(Map.of())) {
            var user = platform.newUser();
            var worker = platform.newWorker();
            var held = worker.lease(user.order(Map.of("prompt", "a fox in snow", "seed", 7))
                    .ok()
                    .at("/job/id")
                    .asString());
            var report = Map.<String, Object>of(
                    "seed", 7, "memory", Map.of("resident_bytes", 1_000_000, "gpu_bytes", 36_000_000_000L));
            worker.complete(held, List.of(worker.uploaded(held, 0)), report).ok();
            var exported = platform.withToken(platform.workerKey())
                    .get("/actuator/prometheus")
                    .text();
            var names = exported.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("[{ ]", 2)[0])
                    .collect(Collectors.toSet());
            assertThat(names).containsAll(queried());
            assertThat(exported)
                    .containsPattern("ourvidz_worker_gpu_memory_bytes_max[^\\n]* 3\\.6E10")
                    .containsPattern("ourvidz_seed_total\\{kept=\"true\"\\} 1\\.0")
                    .containsPattern("ourvidz_queue_wait_seconds_count\\{queue=\"sdxl_queue\"\\} 1\\b")
                    .containsPattern("ourvidz_generation_seconds_count\\{images=\"1\",reference=\"no\",seed=\"yes\","
                            + "type=\"sdxl_image_fast\"\\} 1\\b")
                    .contains("ourvidz_storage_available 1.0", "http_server_requests_seconds_bucket");
        }
    }

    private static List<String> queried() throws IOException {
        return panels().stream()
                .flatMap(panel -> panel.get("targets").valueStream())
                .flatMap(target -> METRIC.matcher(target.get("expr").asString()).results())
                .map(found -> found.group())
                .distinct()
                .toList();
    }

    private static List<JsonNode> panels() throws IOException {
        var dashboard = Files.readString(Path.of("..", "deploy", "grafana", "ourvidz.json"));
        return Client.JSON.readTree(dashboard).get("panels").valueStream().toList();
    }
}
