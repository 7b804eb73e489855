package com.ourvidz.diffusion.image;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How a picture was made, as it is written into the file.
 *
 * @param negativePrompt empty when there was none
 * @param sampler the scheduler's name, e.g. {@code Euler}
 * @param model the checkpoint's name, e.g. its folder's; never a path
 * @param width in pixels
 * @param height in pixels
 * @param denoisingStrength how much of the image that it was started from was painted over, 0 to 1; empty when it was started from noise
 * @param loras name and weight of each LoRA, e.g. {@code fox-style:0.8}
 */
public record GenerationParameters(
        String prompt,
        String negativePrompt,
        long seed,
        int steps,
        double guidanceScale,
        String sampler,
        String model,
        int width,
        int height,
        OptionalDouble denoisingStrength,
        List<String> loras) {

    private static final String AI_GENERATED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

    /** How IPTC has AI-generated media marked, which is what social networks and search engines look for. */
    public static final String XMP = """
            <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
            Iptc4xmpExt:DigitalSourceType="%s"/></rdf:RDF></x:xmpmeta>
            <?xpacket end="r"?>""".formatted(AI_GENERATED);

    public GenerationParameters {
        loras = List.copyOf(loras);
    }

    /**
     * The text chunks: {@code parameters} in the form that AUTOMATIC1111's web UI writes and most viewers read, each
     * value under its own keyword, and that the picture is AI-generated, in words and as IPTC's digital source type.
     */
    public Map<String, String> text() {
        Map<String, String> text = new LinkedHashMap<>();
        text.put("parameters", parameters());
        text.put("Prompt", prompt);
        text.put("Negative prompt", negativePrompt);
        text.put("Seed", Long.toString(seed));
        text.put("Steps", Integer.toString(steps));
        text.put("Guidance scale", Double.toString(guidanceScale));
        text.put("Sampler", sampler);
        text.put("Model", model);
        text.put("Size", size());
        denoisingStrength.ifPresent(strength -> text.put("Denoising strength", Double.toString(strength)));
        if (!loras.isEmpty()) {
            text.put("LoRAs", String.join(", ", loras));
        }
        text.put("Software", "OurVidz");
        text.put("Source", "AI-generated");
        text.put("DigitalSourceType", AI_GENERATED);
        text.put(Png.XMP, XMP);
        return text;
    }

    private String parameters() {
        String negative = negativePrompt.isEmpty() ? "" : "\nNegative prompt: " + negativePrompt;
        return prompt + negative + "\nSteps: " + steps + ", Sampler: " + sampler + ", CFG scale: " + guidanceScale
                + ", Seed: " + seed + ", Size: " + size() + ", Model: " + model + denoising()
                + (loras.isEmpty() ? "" : ", LoRAs: \"" + String.join(", ", loras) + "\"");
    }

    private String denoising() {
        return denoisingStrength.isPresent() ? ", Denoising strength: " + denoisingStrength.getAsDouble() : "";
    }

    private String size() {
        return width + "x" + height;
    }
}
