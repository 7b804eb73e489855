package com.ourvidz.enhancer;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where texts may be cut: at the ends of sentences; where not even the first one fits, of words; and where that does not, of characters. */
final class Sentences {

    private static final Pattern FINISHED = Pattern.compile("[.!?…。！？؟।]['\"”’」』)\\]]*\\s*$");

    private Sentences() {}

    /** All of the text, sentence for sentence. */
    static List<String> of(String text) {
        var sentences = new ArrayList<String>();
        var from = 0;
        for (var end : ends(BreakIterator.getSentenceInstance(Locale.ROOT), text)) {
            sentences.add(text.substring(from, end));
            from = end;
        }
        return sentences;
    }

    static boolean isFinished(String sentence) {
        return FINISHED.matcher(sentence).find();
    }

    /** As much of the text, from its beginning, as fits; empty when nothing does. */
    static String cut(String text, Predicate<String> fits) {
        if (fits.test(text)) {
            return text;
        }
        return Stream.of(
                        BreakIterator.getSentenceInstance(Locale.ROOT),
                        BreakIterator.getWordInstance(Locale.ROOT),
                        BreakIterator.getCharacterInstance(Locale.ROOT))
                .map(places -> longest(text, ends(places, text), fits))
                .filter(part -> !part.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static List<Integer> ends(BreakIterator places, String text) {
        places.setText(text);
        places.first();
        var ends = new ArrayList<Integer>();
        for (var end = places.next(); end != BreakIterator.DONE; end = places.next()) {
            ends.add(end);
        }
        return ends;
    }

    private static String longest(String text, List<Integer> ends, Predicate<String> fits) {
        var fitting = 0; // how many ends were found to fit, and from which on none is hoped to
        var hopeless = ends.size();
        while (fitting < hopeless) {
            var middle = (fitting + hopeless + 1) / 2;
            if (fits.test(text.substring(0, ends.get(middle - 1)).strip())) {
                fitting = middle;
            } else {
                hopeless = middle - 1;
            }
        }
        return fitting == 0 ? "" : text.substring(0, ends.get(fitting - 1)).strip();
    }
}
