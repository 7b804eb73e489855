package com.ourvidz.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import tools.jackson.databind.json.JsonMapper;

class JsonRecordsTest {

    private static final String NASTY =
            "a fox\"}\r\n{\"level\":\"ERROR\",\"message\":\"forged\"}\u001b[31m\u009b1m\u007f\u2028\u202e\u0000 ü 🦊";

    private final LoggerContext context = new LoggerContext();
    private final JsonRecords records = new JsonRecords();

    @BeforeEach
    void start() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        records.start();
    }

    @Test
    void line21WhateverAClientWritesIsOneRecordOfVisibleAscii() {
        var line = encoded(NASTY, new IllegalStateException(NASTY));
        assertThat(line).endsWith("\n");
        assertThat(line.strip()).matches("[\\x20-\\x7e]+");
        var record = new JsonMapper().readTree(line);
        assertThat(record.get("message").asString()).isEqualTo(NASTY);
        assertThat(record.get("level").asString()).isEqualTo("WARN");
        assertThat(record.get("stack").asString()).contains("IllegalStateException", "forged");
    }

    @Test
    void aRecordCarriesItsJob() {
        var job = UUID.randomUUID();
        var event = event("made", null);
        event.setMDCPropertyMap(Map.of("job", job.toString()));
        var record = new JsonMapper().readTree(records.encode(event));
        assertThat(record.get("job").asString()).isEqualTo(job.toString());
    }

    @Test
    void theJobOfAThreadsRecordsIsRestored() {
        var outer = UUID.randomUUID();
        try (var _ = JobOfRecords.of(outer)) {
            try (var _ = JobOfRecords.of(UUID.randomUUID())) {
                assertThat(MDC.get("job")).isNotEqualTo(outer.toString());
            }
            assertThat(MDC.get("job")).isEqualTo(outer.toString());
        }
        assertThat(MDC.get("job")).isNull();
    }

    @Test
    void aRouteNamesItsJobOnlyByAnId() {
        var job = UUID.randomUUID().toString();
        assertThat(JobOfRecords.ofRoute("/api/jobs/" + job)).contains(job);
        assertThat(JobOfRecords.ofRoute("/worker/jobs/" + job + "/assets/0")).contains(job);
        assertThat(JobOfRecords.ofRoute("/api/jobs/%0d%0a")).isEmpty();
        assertThat(JobOfRecords.ofRoute("/api/jobs")).isEmpty();
    }

    private String encoded(String message, @Nullable Throwable e) {
        return new String(records.encode(event(message, e)), StandardCharsets.UTF_8);
    }

    private LoggingEvent event(String message, @Nullable Throwable e) {
        return new LoggingEvent("", context.getLogger("com.ourvidz.jobs"), Level.WARN, message, e, new Object[0]);
    }
}
