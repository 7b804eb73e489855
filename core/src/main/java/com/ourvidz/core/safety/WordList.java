package com.ourvidz.core.safety;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A list of words, one regular expression a line; {@code #} begins a comment.
 *
 * @param whole finds them as whole words, in scripts that part words by spaces
 * @param anywhere finds them inside other letters too, three letters at least
 */
record WordList(Pattern whole, Pattern anywhere) implements Vocabulary {

    private static final String NOT_AFTER_LETTER = "(?<![\\p{L}\\p{M}])";
    private static final String NOT_BEFORE_LETTER = "(?![\\p{L}\\p{M}])";
    private static final String AT_LEAST_THREE = "(?=\\p{L}{3})";

    static WordList load(String resource) {
        var lines = lines(resource);
        var bounded = lines.stream().filter(Phrase::separatesWords).collect(Collectors.joining("|"));
        var unbounded =
                lines.stream().filter(line -> !Phrase.separatesWords(line)).map(line -> "|" + line);
        return new WordList(
                Pattern.compile(NOT_AFTER_LETTER + "(?:" + bounded + ")" + NOT_BEFORE_LETTER
                        + unbounded.collect(Collectors.joining())),
                Pattern.compile(AT_LEAST_THREE + "(?:" + String.join("|", lines) + ")"));
    }

    /** Words of the two lists written together as one. */
    static WordList compounds(String one, String other) {
        var first = "(?:" + String.join("|", lines(one)) + ")";
        var second = "(?:" + String.join("|", lines(other)) + ")";
        var both = Pattern.compile(
                NOT_AFTER_LETTER + "(?:" + first + second + "|" + second + first + ")" + NOT_BEFORE_LETTER);
        return new WordList(both, both);
    }

    @Override
    public boolean mentionedIn(Spellings spellings) {
        return spellings.written().stream().anyMatch(text -> whole.matcher(text).find())
                || spellings.spacedOut().stream()
                        .anyMatch(text -> anywhere.matcher(text).find());
    }

    private static List<String> lines(String resource) {
        try (var in = Objects.requireNonNull(WordList.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
