package com.ourvidz.core.safety;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A list of words, one regular expression a line; {@code #} begins a comment.
 *
 * @param whole finds them as whole words, in scripts that part words by spaces
 * @param anywhere finds them inside other letters too
 */
record WordList(Pattern whole, Pattern anywhere) {

    static WordList load(String resource) {
        try (var in = Objects.requireNonNull(WordList.class.getResourceAsStream(resource), resource)) {
            var words = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
            return new WordList(
                    Pattern.compile(words.stream().map(WordList::bounded).collect(Collectors.joining("|"))),
                    Pattern.compile(String.join("|", words)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean mentionedIn(Spellings spellings) {
        return spellings.written().stream().anyMatch(text -> whole.matcher(text).find())
                || spellings.spacedOut().stream()
                        .anyMatch(text -> anywhere.matcher(text).find());
    }

    private static String bounded(String word) {
        var first = word.codePointAt(0);
        return Character.isIdeographic(first) || Character.UnicodeScript.of(first) == Character.UnicodeScript.KATAKANA
                ? word
                : "(?<!\\p{L})(?:" + word + ")(?!\\p{L})";
    }
}
