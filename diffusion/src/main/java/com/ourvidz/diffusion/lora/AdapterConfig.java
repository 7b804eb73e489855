package com.ourvidz.diffusion.lora;

import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Metadata;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What PEFT knows of a LoRA whose file has no tensors for alpha: in the file's header, where diffusers writes it with the component's name
 * before each setting, or in {@code adapter_config.json} beside it.
 */
record AdapterConfig(Config settings) {

    private static final String IN_HEADER = "lora_adapter_metadata";
    private static final String PLAIN_NAME = "[\\w.]+";

    static Optional<AdapterConfig> of(Path lora) {
        Config metadata = Metadata.read(lora);
        if (metadata.has(IN_HEADER)) {
            byte[] json = metadata.text(IN_HEADER).getBytes(StandardCharsets.UTF_8);
            return Optional.of(new AdapterConfig(Config.of(lora, json)));
        }
        Path beside = lora.resolveSibling("adapter_config.json");
        return String.valueOf(lora.getFileName()).startsWith("adapter_model") && Files.exists(beside)
                ? Optional.of(new AdapterConfig(Config.read(beside)))
                : Optional.empty();
    }

    /**
     * What is divided by the rank.
     *
     * @param layer by its name in the file
     */
    OptionalDouble alpha(String layer, long rank) {
        String component = component(layer);
        if (!settings.has(component + "lora_alpha")) {
            return OptionalDouble.empty();
        }
        double alpha = ofPattern(component + "alpha_pattern", layer)
                .orElseGet(() -> finite(settings, component + "lora_alpha"));
        boolean rootOfRank = settings.flag(component + "use_rslora", false); // Kalajdzievski 2023
        return OptionalDouble.of(rootOfRank ? alpha * Math.sqrt((double) rank) : alpha);
    }

    private static String component(String layer) {
        String first = layer.substring(0, Math.max(0, layer.indexOf('.')));
        return LayerNames.isKnown(first) ? first + "." : "";
    }

    /** The first pattern that the layer's name ends in. */
    private OptionalDouble ofPattern(String setting, String layer) {
        Config patterns = settings.section(setting);
        return patterns.names().stream()
                .filter(name -> ("." + layer).endsWith("." + plain(patterns, name)))
                .mapToDouble(name -> finite(patterns, name))
                .findFirst();
    }

    /** PEFT takes any regular expression; what trainers write are names. */
    private static String plain(Config patterns, String name) {
        if (!name.matches(PLAIN_NAME)) {
            throw patterns.invalid(name, "is a regular expression, which is not supported; a layer's name is");
        }
        return name;
    }

    private static double finite(Config config, String name) {
        double number = config.number(name);
        if (!Double.isFinite(number)) {
            throw config.invalid(name, "is " + number + " where a number is expected");
        }
        return number;
    }
}
