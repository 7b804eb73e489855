package com.ourvidz.server.monitor;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The documented figures beside their targets, for an administrator's page. */
@RestController
public class MonitoringResource {

    private final Figures figures;

    public MonitoringResource(MeterRegistry meters) {
        this.figures = new Figures(meters);
    }

    /** @param figures since the start of the server that answers */
    record Monitoring(List<Figure> figures) {}

    @GetMapping("/api/admin/monitoring")
    Monitoring monitoring() {
        return new Monitoring(figures.now());
    }
}
