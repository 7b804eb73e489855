package com.ourvidz.core.safety;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The ways in which a text may be meant.
 *
 * @param written as written, and with look-alike letters read as Latin ones
 * @param spacedOut what is spelled letter by letter ({@code "f o x"}, {@code "f.o.x"}), closed up; where its words end is lost
 */
record Spellings(List<String> written, List<String> spacedOut) {

    private static final Pattern MARKS = Pattern.compile("(?<=\\p{IsLatin})\\p{Mn}+|[\\p{Me}\\p{Cf}]");
    private static final Pattern SPELLED_BY_LETTER = Pattern.compile(
            "(?<![\\p{L}\\p{N}])[\\p{L}\\p{N}](?:[\\s\\p{P}\\p{S}]+[\\p{L}\\p{N}](?![\\p{L}\\p{N}])){2,}");
    private static final Pattern GAP = Pattern.compile("[^\\p{L}\\p{N}]+");

    // Letters of other scripts, digits and signs in the first row are read as the Latin letter below them.
    private static final String LOOKALIKES = "аеорсухіјѕԁһӏкмтвнαεορυικντ013457@$!|";
    private static final String LATIN_____ = "aeopcyxijsdhlkmtbhaeopuikntoieastasii";

    static Spellings of(String text) {
        var plain = fold(text);
        var written = List.of(plain, latin(plain));
        return new Spellings(
                written, written.stream().flatMap(Spellings::closedUp).toList());
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

    private static Stream<String> closedUp(String text) {
        return SPELLED_BY_LETTER
                .matcher(text)
                .results()
                .map(letters -> GAP.matcher(letters.group()).replaceAll(""));
    }
}
