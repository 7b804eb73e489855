package com.ourvidz.core.job;

import com.ourvidz.core.Rejection;
import com.ourvidz.core.catalog.JobType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The two places in which a field may stand, and the names of those given that the job type does not support. */
final class Fields {
    final JobType type;
    private final Map<?, ?> metadata;
    private final Map<?, ?> config;
    final List<String> warnings = new ArrayList<>();

    Fields(JobType type, Map<?, ?> metadata, Map<?, ?> config) {
        this.type = type;
        this.metadata = metadata;
        this.config = config;
    }

    Optional<Object> raw(String name) {
        return Optional.ofNullable(metadata.get(name));
    }

    Optional<Object> value(String name, boolean supported) {
        return supportedOnly(name, raw(name), supported);
    }

    /** {@code config} wins over {@code metadata}. */
    Optional<Object> configured(String name, boolean supported) {
        return supportedOnly(name, Optional.<Object>ofNullable(config.get(name)).or(() -> raw(name)), supported);
    }

    Optional<String> text(String name, boolean supported) {
        return value(name, supported).map(value -> {
            if (value instanceof String text) {
                OrderReader.requireUnicode(name, text);
                return text;
            }
            throw Rejection.invalid(name + " must be a text.");
        });
    }

    private Optional<Object> supportedOnly(String name, Optional<Object> value, boolean supported) {
        if (value.isPresent() && !supported) {
            warnings.add(name + " is not supported by " + type.id() + " and was ignored.");
            return Optional.empty();
        }
        return value;
    }
}
