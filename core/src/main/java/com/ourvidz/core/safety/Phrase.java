package com.ourvidz.core.safety;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/**
 * One phrase.
 *
 * @param words its words as {@link Spellings#words} has them
 * @param bounded whether its script parts words by spaces
 */
record Phrase(String words, boolean bounded) implements Vocabulary {

    private static final int SHORTEST_SPACED_OUT = 3;
    private static final Set<UnicodeScript> WITHOUT_SPACES =
            Set.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.HANGUL);

    static Phrase of(String text) {
        var words = Spellings.words(Spellings.fold(text)).strip();
        if (words.isEmpty()) {
            throw new IllegalArgumentException("has no letter or digit: " + text);
        }
        return new Phrase(words, separatesWords(words));
    }

    /** Whether a word that begins so has spaces around it. */
    static boolean separatesWords(String text) {
        return !WITHOUT_SPACES.contains(UnicodeScript.of(text.codePointAt(0)));
    }

    @Override
    public boolean mentionedIn(Spellings spellings) {
        var sought = bounded ? " " + words + " " : words;
        var closed = words.replace(" ", "");
        return spellings.written().stream()
                        .anyMatch(text -> Spellings.words(text).contains(sought))
                || (closed.length() >= SHORTEST_SPACED_OUT
                        && spellings.spacedOut().stream().anyMatch(text -> text.contains(closed)));
    }
}
