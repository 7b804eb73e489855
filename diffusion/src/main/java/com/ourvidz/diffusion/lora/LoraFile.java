package com.ourvidz.diffusion.lora;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A LoRA to use.
 *
 * @param path a {@code .safetensors} file
 * @param weight how much of it; 1 is as it was trained, 0 nothing, and a negative one goes the other way
 */
public record LoraFile(Path path, double weight) {

    private static final String ENDING = ".safetensors";

    public LoraFile {
        if (!Double.isFinite(weight)) {
            throw new IllegalArgumentException("The weight of a LoRA must be a number, not " + weight);
        }
    }

    /**
     * From {@code PATH:WEIGHT}; the path may have colons too.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    public static LoraFile parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw malformed(text);
        }
        try {
            return new LoraFile(
                    Path.of(text.substring(0, colon).strip()), Double.parseDouble(text.substring(colon + 1)));
        } catch (NumberFormatException | InvalidPathException e) {
            throw malformed(text);
        }
    }

    /** The file's name without its ending; never a path. */
    public String name() {
        String file = String.valueOf(path.getFileName());
        return file.endsWith(ENDING) ? file.substring(0, file.length() - ENDING.length()) : file;
    }

    /** As it is written into a picture: {@code name:weight}. */
    public String label() {
        return name() + ":" + weight;
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "A LoRA is given as PATH:WEIGHT, for instance fox-style.safetensors:0.8, not '" + text + "'");
    }
}
