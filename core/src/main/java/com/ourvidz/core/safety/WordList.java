package com.ourvidz.core.safety;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A list of words, one regular expression a line; {@code #} begins a comment. Words match whole, in scripts that part words by spaces. */
record WordList(Pattern pattern) {

    static WordList load(String resource) {
        try (var in = Objects.requireNonNull(WordList.class.getResourceAsStream(resource), resource)) {
            var words = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(WordList::whole)
                    .collect(Collectors.joining("|"));
            return new WordList(Pattern.compile(words, Pattern.UNICODE_CASE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean mentionedIn(String text) {
        return pattern.matcher(text).find();
    }

    private static String whole(String word) {
        var first = word.codePointAt(0);
        return Character.isIdeographic(first) || Character.UnicodeScript.of(first) == Character.UnicodeScript.KATAKANA
                ? word
                : "(?<!\\p{L})(?:" + word + ")(?!\\p{L})";
    }
}
