package com.ourvidz.core.catalog;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The two queues, one a model family, and how often a worker asks when no signal reaches it. */
public enum Queue {
    SDXL_QUEUE("sdxl", Duration.ofSeconds(2)),
    WAN_QUEUE("wan_2_1_1_3b", Duration.ofSeconds(5));

    private final String modelVariant;
    private final Duration poll;

    Queue(String modelVariant, Duration poll) {
        this.modelVariant = modelVariant;
        this.poll = poll;
    }

    /** The name in requests, answers and settings. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String modelVariant() {
        return modelVariant;
    }

    public Duration poll() {
        return poll;
    }

    public static Optional<Queue> of(String id) {
        return Stream.of(values()).filter(queue -> queue.id().equals(id)).findFirst();
    }
}
