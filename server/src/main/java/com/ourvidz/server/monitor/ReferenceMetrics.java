package com.ourvidz.server.monitor;

import com.ourvidz.core.reference.ReferenceStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** The space that reference images take, looked up when it is read. */
public final class ReferenceMetrics implements MeterBinder {

    private final ReferenceStore references;

    public ReferenceMetrics(ReferenceStore references) {
        this.references = references;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("ourvidz.reference.storage", references, ReferenceStore::bytes)
                .description("Reference images of all users")
                .baseUnit("bytes")
                .register(meters);
        Gauge.builder("ourvidz.reference.storage.largest", references, ReferenceStore::largestShare)
                .description("Reference images of the user who has most")
                .baseUnit("bytes")
                .register(meters);
    }
}
