package com.ourvidz.core.safety;

import com.ibm.icu.text.Normalizer2;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ways in which a text may be meant.
 *
 * @param written as written; with look-alikes, digits and stars read as letters; with what stands inside words left out
 * @param spacedOut what is spelled letter by letter ({@code "f o x"}, {@code "f.o.x"}), closed up; where its words end is lost
 */
record Spellings(Set<String> written, List<String> spacedOut) {

    /** Compatibility forms unified, cases folded, and everything removed that is not to be seen: zero width, soft hyphens, directions. */
    private static final Normalizer2 FOLDING = Normalizer2.getNFKCCasefoldInstance();

    private static final Normalizer2 DECOMPOSING = Normalizer2.getNFDInstance();
    private static final Normalizer2 COMPOSING = Normalizer2.getNFCInstance();

    // Marks make other letters in some scripts (й is no и); over these they are ornament. The stretching line of Arabic
    // is one too.
    private static final Pattern ORNAMENT =
            Pattern.compile("(?<=[\\p{IsLatin}\\p{IsArabic}])\\p{Mn}+|[\\p{Me}\\u0640]");
    private static final Pattern HUMP = Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})");
    private static final Pattern SPELLED_BY_LETTER = Pattern.compile(
            "(?<![\\p{L}\\p{N}])[\\p{L}\\p{N}](?:[\\s\\p{P}\\p{S}]+[\\p{L}\\p{N}](?![\\p{L}\\p{N}])){2,}");
    private static final Pattern GAP = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    private static final Pattern INSIDE_WORD =
            Pattern.compile("(?<=\\p{L})[\\p{P}\\p{S}]+(?=\\p{L})|(?<=[\\p{IsHan}])[\\s\\p{P}]+(?=\\p{IsHan})");
    private static final Pattern DRAWN_OUT = Pattern.compile("(\\p{L})\\1{2,}");
    private static final Pattern WORD_WITH_DIGITS = Pattern.compile("\\S*\\p{L}\\S*");
    private static final Pattern STAR = Pattern.compile("(?<=\\p{L})\\*(?=\\p{L})");
    private static final List<String> VOWELS = List.of("a", "e", "i", "o", "u");

    static Spellings of(String text) {
        var read = both(List.of(text, HUMP.matcher(text).replaceAll(" ")), Spellings::fold, Set.of());
        read = with(read, Lookalikes::latin);
        read = both(read, asLetters("i"), both(read, asLetters("l"), read));
        read = with(read, it -> DRAWN_OUT.matcher(it).replaceAll("$1"));
        var letters = read.stream().flatMap(Spellings::closedUp).distinct().toList();
        read = withVowels(read);
        return new Spellings(with(read, it -> INSIDE_WORD.matcher(it).replaceAll("")), letters);
    }

    /** As all comparing begins: see {@link #FOLDING}; without the ornaments of letters. */
    static String fold(String text) {
        var decomposed = DECOMPOSING.normalize(FOLDING.normalize(text));
        return COMPOSING.normalize(ORNAMENT.matcher(decomposed).replaceAll(""));
    }

    /** The text's words with one space before, between and behind them. */
    static String words(String text) {
        return " " + GAP.matcher(text).replaceAll(" ").strip() + " ";
    }

    /** Digits and signs as the letters that they look like, in words that have letters besides. */
    private static UnaryOperator<String> asLetters(String one) {
        return text -> WORD_WITH_DIGITS
                .matcher(text)
                .replaceAll(word -> Matcher.quoteReplacement(Lookalikes.digits(word.group(), one)));
    }

    private static Set<String> withVowels(Set<String> texts) {
        var all = new LinkedHashSet<>(texts);
        for (var text : texts) {
            var star = STAR.matcher(text);
            if (star.find()) {
                VOWELS.forEach(vowel -> all.add(star.replaceAll(vowel)));
            }
        }
        return all;
    }

    private static Stream<String> closedUp(String text) {
        return SPELLED_BY_LETTER
                .matcher(text)
                .results()
                .map(letters -> GAP.matcher(letters.group()).replaceAll(""));
    }

    private static Set<String> with(Set<String> texts, UnaryOperator<String> reading) {
        return both(texts, reading, texts);
    }

    private static Set<String> both(Collection<String> texts, Function<String, String> reading, Set<String> more) {
        return Stream.concat(more.stream(), texts.stream().map(reading))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
