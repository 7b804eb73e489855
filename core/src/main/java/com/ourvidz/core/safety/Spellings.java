package com.ourvidz.core.safety;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The ways in which a text may be meant: as written, with look-alike letters read as Latin ones, and with spaced-out words closed up. */
final class Spellings {

    private static final Pattern MARKS = Pattern.compile("(?<=\\p{IsLatin})\\p{Mn}+|[\\p{Me}\\p{Cf}]");
    private static final Pattern GAP_IN_SPACED_WORD = Pattern.compile(
            "(?<=(?<![\\p{L}\\p{N}])[\\p{L}\\p{N}])[\\s\\p{P}\\p{S}]+(?=[\\p{L}\\p{N}](?![\\p{L}\\p{N}]))");

    // Letters of other scripts, digits and signs on the left are read as the Latin letter below them.
    private static final String LOOKALIKES = "аеорсухіјѕԁһӏкмтвнαεορυικντ013457@$!|";
    private static final String LATIN_____ = "aeopcyxijsdhlkmtbhaeopuikntoieastasii";

    private Spellings() {}

    static List<String> of(String text) {
        var plain = fold(text);
        var latin = latin(plain);
        return List.of(plain, latin, closedUp(plain), closedUp(latin));
    }

    /** Compatibility forms (fullwidth letters and the like) unified, the accents of Latin letters and invisible characters removed, lower case. */
    private static String fold(String text) {
        var decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
        return Normalizer.normalize(MARKS.matcher(decomposed).replaceAll(""), Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT);
    }

    private static String latin(String text) {
        var read = new StringBuilder(text);
        for (var i = 0; i < read.length(); i++) {
            var known = LOOKALIKES.indexOf(read.charAt(i));
            if (known >= 0) {
                read.setCharAt(i, LATIN_____.charAt(known));
            }
        }
        return read.toString();
    }

    /** {@code "f o x"} and {@code "f.o.x"} become {@code "fox"}. */
    private static String closedUp(String text) {
        return GAP_IN_SPACED_WORD.matcher(text).replaceAll("");
    }
}
