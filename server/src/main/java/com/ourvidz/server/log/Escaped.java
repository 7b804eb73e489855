package com.ourvidz.server.log;

import java.util.stream.Collectors;

/** Text as it may stand in a log: control characters, line ends and terminal codes as escapes that can be read and not executed. */
final class Escaped {

    private Escaped() {}

    static String of(String text) {
        return text.codePoints().allMatch(Escaped::harmless)
                ? text
                : text.codePoints().mapToObj(Escaped::escaped).collect(Collectors.joining());
    }

    private static String escaped(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> harmless(character) ? Character.toString(character) : "\\u%04x".formatted(character);
        };
    }

    /** Bidirectional and other format characters reorder or hide what is shown. */
    private static boolean harmless(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
