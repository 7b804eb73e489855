package com.ourvidz.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What {@code generate} asks the platform for. */
record JobRequest(String type, String prompt, Optional<String> negativePrompt, int count, Optional<Long> seed) {

    /** The body of {@code POST /api/queue-job}. */
    Map<String, Object> body() {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("prompt", prompt);
        if (count != 1) { // which is what every job type makes unless asked for more
            metadata.put("num_images", count);
        }
        negativePrompt.ifPresent(text -> metadata.put("negative_prompt", text));
        seed.ifPresent(value -> metadata.put("seed", value));
        return Map.of("jobType", type, "metadata", metadata);
    }
}
