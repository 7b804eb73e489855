package com.ourvidz.enhancer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parts of a description in one language, in order. In the file a line such as {@code [light] unless night, sunset} begins a part and names
 * the words of a prompt that make it superfluous; each line after it is a phrase.
 */
record PhraseTable(List<Part> parts) {

    /** @param unless finds what speaks of it already */
    record Part(String name, Pattern unless, List<String> phrases) {

        boolean isMotion() {
            return name.equals("motion");
        }

        boolean isSpokenOf(String prompt) {
            return unless.matcher(prompt).find();
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
        var words = line.substring(line.indexOf(']') + 1).replaceFirst("^\\s*unless\\s*", "");
        var unless = Stream.of(words.split("[,，]"))
                .map(String::strip)
                .map(PhraseTable::word)
                .collect(Collectors.joining("|"));
        return new Part(name, Pattern.compile(unless, Pattern.CASE_INSENSITIVE), new ArrayList<>());
    }

    /** Whole words in scripts that have spaces between them, one or many. */
    private static String word(String word) {
        return word.matches("[a-z -]+") ? "\\b" + word + "s?\\b" : word;
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
