package com.ourvidz.enhancer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** What a model is told to do: {@code instruction.txt}, or an operator's file in its place, with the words in braces filled in. */
record Instruction(String template) {

    /** @throws IllegalArgumentException when the file cannot be read */
    static Instruction load(Optional<Path> file) {
        return new Instruction(file.map(Instruction::read).orElseGet(Instruction::own));
    }

    String about(EnhanceRequest request) {
        return template.replace("{language}", request.language().inWords())
                .replace("{kind}", request.video() ? "video" : "image")
                .strip();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "OURVIDZ_ENHANCER_INSTRUCTION names " + file + ", which is no UTF-8 text that can be read.", e);
        }
    }

    private static String own() {
        try (var in = Objects.requireNonNull(Instruction.class.getResourceAsStream("instruction.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
