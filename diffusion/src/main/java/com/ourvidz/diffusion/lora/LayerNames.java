package com.ourvidz.diffusion.lora;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a component's layers may be called in a LoRA file. A name there cannot be read backwards, as kohya's scripts put underscores for dots,
 * so that every layer's possible names are looked up instead.
 */
final class LayerNames {

    private static final Map<String, String> KOHYA =
            Map.of("unet", "lora_unet_", "text_encoder", "lora_te1_", "text_encoder_2", "lora_te2_");
    private static final String TEXT_MODEL = "text_model.";

    private final String component;
    private final LdmNames ldm;

    /** For the component of this folder, with these tensors. */
    LayerNames(String component, Collection<String> tensors) {
        this.component = component;
        this.ldm = new LdmNames(tensors);
    }

    /** Whether LoRAs are made for it: for the UNet and the text encoders. */
    static boolean isKnown(String component) {
        return KOHYA.containsKey(component);
    }

    /** All names of a layer, given the checkpoint's. */
    Set<String> of(String layer) {
        return spellings(layer)
                .flatMap(spelling -> Stream.concat(kohya(spelling), diffusers(spelling)))
                .collect(Collectors.toSet());
    }

    /** Text encoders are stored with {@code text_model.} in front or, by transformers 5, without. */
    private Stream<String> spellings(String layer) {
        if ("unet".equals(component)) {
            return Stream.of(layer);
        }
        return layer.startsWith(TEXT_MODEL)
                ? Stream.of(layer, layer.substring(TEXT_MODEL.length()))
                : Stream.of(layer, TEXT_MODEL + layer);
    }

    private Stream<String> kohya(String layer) {
        return Stream.concat(Stream.of(layer), ldm.of(layer).stream())
                .map(name -> KOHYA.get(component) + name.replace('.', '_'));
    }

    /** As diffusers has them today, and as its attention processors had them before PEFT. */
    private Stream<String> diffusers(String layer) {
        String processor = layer.replaceFirst("\\.(to_[qkv])$", ".processor.$1")
                .replaceFirst("\\.to_out\\.0$", ".processor.to_out");
        return prefixes().flatMap(prefix -> Stream.of(layer, processor).map(name -> prefix + name));
    }

    /** A file for the UNet alone may leave its name out, and one that PEFT itself saved does. */
    private Stream<String> prefixes() {
        return "unet".equals(component) ? Stream.of("unet.", "", "base_model.model.") : Stream.of(component + ".");
    }
}
