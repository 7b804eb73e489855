package com.ourvidz.core.safety;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.SpoofChecker;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Letters, digits and signs that are read as Latin letters: by Unicode's table of confusable characters, by their names, and by habit. */
final class Lookalikes {

    private static final SpoofChecker CONFUSABLES = new SpoofChecker.Builder().build();

    /** Squared, circled, small capital and turned letters, and those of flags: U+1F150 is NEGATIVE CIRCLED LATIN CAPITAL LETTER A. */
    private static final Pattern NAMED_LETTER = Pattern.compile(
            ".*\\b(?:LATIN|INDICATOR SYMBOL)\\b.*\\bLETTER (?:(?:SMALL|CAPITAL|TURNED|REVERSED|OPEN|DOTLESS) )*([A-Z])(?: WITH .*)?");

    /** Letters that are drawn like Latin ones, but not so alike that Unicode's table has them. */
    private static final String BY_HABIT = "кмтвниεηκτ";

    private static final String LATIN___ = "kmtbhnenkt";

    private static final String DIGITS_AND_SIGNS = "0345789@$€";
    private static final String AS_LETTERS______ = "oeastbgase";
    private static final String STROKES = "1!|¡";

    private Lookalikes() {}

    /** The text with every letter that looks like a Latin one read as that. */
    static String latin(String text) {
        if (text.chars().allMatch(character -> character < 128)) {
            return text;
        }
        var read = new StringBuilder(text.length());
        text.codePoints().forEach(character -> read.append(latin(character)));
        return read.toString();
    }

    /**
     * Digits and signs as letters.
     *
     * @param stroke what 1 and other upright strokes are: i or l
     */
    static String digits(String word, String stroke) {
        var read = new StringBuilder(word.length());
        for (var i = 0; i < word.length(); i++) {
            var known = DIGITS_AND_SIGNS.indexOf(word.charAt(i));
            if (STROKES.indexOf(word.charAt(i)) >= 0) {
                read.append(stroke);
            } else {
                read.append(known < 0 ? word.charAt(i) : AS_LETTERS______.charAt(known));
            }
        }
        return read.toString();
    }

    private static String latin(int character) {
        var itself = Character.toString(character);
        if (character < 128 || Character.isIdeographic(character) || !Phrase.separatesWords(itself)) {
            return itself;
        }
        return confusable(itself).or(() -> named(character)).orElseGet(() -> byHabit(itself));
    }

    private static Optional<String> confusable(String character) {
        var skeleton = CONFUSABLES.getSkeleton(character);
        if (skeleton.equals("rn")) {
            return Optional.of("m"); // the table takes every m apart
        }
        return skeleton.matches("[A-Za-z]") ? Optional.of(skeleton.toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    private static String byHabit(String character) {
        var known = BY_HABIT.indexOf(character);
        return known < 0 ? character : LATIN___.substring(known, known + 1);
    }

    private static Optional<String> named(int character) {
        return Optional.ofNullable(UCharacter.getName(character))
                .map(NAMED_LETTER::matcher)
                .filter(Matcher::matches)
                .map(name -> name.group(1).toLowerCase(Locale.ROOT));
    }
}
