package com.ourvidz.server.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void aFigureIsSetBesideItsTarget() {
        meters.counter("ourvidz.jobs", "outcome", "completed").increment(9);
        meters.counter("ourvidz.jobs", "outcome", "failed").increment(1);
        generated("sdxl_image_fast", "1", 4);
        generated("sdxl_image_fast", "1", 6);
        generated("sdxl_image_fast", "3", 30);
        assertThat(figure("Job success rate")).isEqualTo(Figure.atLeast("Job success rate", "ratio", 0.9, 0.95));
        assertThat(figure("Job success rate").met()).isFalse();
        assertThat(figure("SDXL fast (1 image)").value()).isEqualTo(5);
        assertThat(figure("SDXL fast (1 image)").met()).isTrue();
        assertThat(figure("SDXL fast (3 images)").met()).isFalse();
    }

    @Test
    void whatWasNotMeasuredHasNoValue() {
        assertThat(figure("WAN video_fast").value()).isNull();
        assertThat(figure("WAN video_fast").met()).isNull();
        assertThat(figure("GPU memory").value()).isNull();
        assertThat(new MonitoringResource(meters).monitoring().figures()).hasSize(26);
    }

    @Test
    void whoeverListensToEventsForLongMakesTheApiNoSlower() {
        meters.timer("http.server.requests", "uri", "/api/jobs/{id}").record(Duration.ofMillis(20));
        meters.timer("http.server.requests", "uri", "/api/events").record(Duration.ofMinutes(15));
        meters.timer("http.server.requests", "uri", "/api/jobs/{id}/events").record(Duration.ofMinutes(15));
        assertThat(figure("API response time").value()).isEqualTo(0.02);
    }

    private void generated(String type, String images, int seconds) {
        meters.timer("ourvidz.generation", "type", type, "images", images, "reference", "no", "seed", "no")
                .record(Duration.ofSeconds(seconds));
    }

    private Figure figure(String name) {
        return new Figures(meters)
                .now().stream()
                        .filter(figure -> figure.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }
}
