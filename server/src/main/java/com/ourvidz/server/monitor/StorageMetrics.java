package com.ourvidz.server.monitor;

import com.ourvidz.core.asset.ObjectStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the buckets can be written to, tried when the metric is read. */
public final class StorageMetrics implements MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(StorageMetrics.class);
    private static final String PROBE = "availability/probe";

    private final ObjectStore objects;

    public StorageMetrics(ObjectStore objects) {
        this.objects = objects;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("ourvidz.storage.available", this, storage -> storage.available() ? 1 : 0)
                .description("Whether the buckets take a file: 1 or 0")
                .register(meters);
    }

    boolean available() {
        try {
            objects.put(PROBE, new ByteArrayInputStream(new byte[] {1}), 1);
            objects.delete(PROBE);
            return true;
        } catch (IOException e) {
            LOG.warn("The buckets take no file: {}", e.toString());
            return false;
        }
    }
}
