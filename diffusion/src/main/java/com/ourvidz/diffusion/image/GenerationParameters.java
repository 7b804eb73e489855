package com.ourvidz.diffusion.image;

import java.util.Map;

/** How a picture was made, for its text chunks. */
public record GenerationParameters(
        String prompt,
        String negativePrompt,
        long seed,
        int steps,
        double guidanceScale,
        String sampler,
        String model,
        int width,
        int height) {

    public Map<String, String> text() {
        return Map.of();
    }
}
