package com.ourvidz.enhancer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The parts of a description in one language, in order. In the file a line such as {@code [light] unless night, sunset} begins a part and names
 * the words of a prompt that make it superfluous; each line after it is a phrase.
 */
record PhraseTable(List<Part> parts) {

    /** @param unless words that speak of it already, in lower case */
    record Part(String name, List<String> unless, List<String> phrases) {

        boolean isMotion() {
            return name.equals("motion");
        }

        boolean isSpokenOf(String prompt) {
            var lower = prompt.toLowerCase(Locale.ROOT);
            return unless.stream().anyMatch(lower::contains);
        }
    }

    static PhraseTable load(String resource) {
        var parts = new ArrayList<Part>();
        for (var line : lines(resource)) {
            if (line.startsWith("[")) {
                parts.add(part(line));
            } else {
                parts.getLast().phrases.add(line);
            }
        }
        return new PhraseTable(List.copyOf(parts));
    }

    private static Part part(String line) {
        var name = line.substring(1, line.indexOf(']'));
        var unless = Stream.of(line.substring(line.indexOf(']') + 1)
                        .replaceFirst("^\\s*unless\\s*", "")
                        .split("[,，]"))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
        return new Part(name, unless, new ArrayList<>());
    }

    private static List<String> lines(String resource) {
        try (var in = Objects.requireNonNull(PhraseTable.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
