package com.ourvidz.enhancer;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Makes a description of a model's answer: without thoughts, preamble, markdown, quotation marks, and what it was told itself. */
final class Cleaning {

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL;

    private static final Pattern THOUGHTS = Pattern.compile("<think>.*?(</think>|$)|^.*</think>", FLAGS);
    private static final Pattern CONTROL_TOKENS = Pattern.compile("<\\|[^|<>\\s]{1,40}\\|>");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Cn}\\p{Co}\\ufffd&&[^\\n\\t]]");

    /** At the beginnings of lines: fences, headings, quotations, bullets, numbers. */
    private static final Pattern LINE_MARKS =
            Pattern.compile("(?m)^[ \\t]*(```\\w*|#{1,6}[ \\t]+|>[ \\t]*|[-*•+][ \\t]+|\\d{1,2}[.)][ \\t]+)");

    private static final Pattern EMPHASIS = Pattern.compile("\\*{1,3}|_{2,3}|`+");

    private static final Pattern PREAMBLE = Pattern.compile(
            "^\\s*((sure|certainly|of course|absolutely|okay|ok|great|here('s|’s| is| are| you)|以下是|好的|当然|这是|下面是)[^\\n:：]{0,120}[:：]"
                    + "|(sure|certainly|of course|absolutely|好的|当然)[^\\n.。!！]{0,40}[.。!！,，]"
                    + "|(enhanced|expanded|improved|detailed|final)?\\s*(prompt|description|output|answer|result|scene)\\s*[:：]"
                    + "|(提示词|描述|画面描述|输出|结果)\\s*[:：])\\s*",
            FLAGS);

    private static final Pattern REFUSAL = Pattern.compile(
            "^(i['’]?m (very )?sorry|sorry,|i (can(no|['’])t|am unable|won['’]t)|as an ai|很?抱歉|对不起|我(无法|不能))", FLAGS);

    private static final Pattern AFTERWORD =
            Pattern.compile("^(let me know|i hope|feel free|would you like|希望|如果您|请告诉我)", FLAGS);

    private static final Pattern QUOTED = Pattern.compile("^([\"“”'‘「『«]+)(.*?)([\"”“'’」』»]+)$", FLAGS);

    /** Shorter sentences of an instruction may stand in an answer by chance. */
    private static final int TELLING = 12;

    private Cleaning() {}

    /**
     * The description alone.
     *
     * @param told the instruction
     * @throws EnhancerException when nothing is left, or the answer declines
     */
    static String of(Answer answer, String told) throws EnhancerException {
        var plain = unquoted(preamble(unmarked(answer.text())));
        if (REFUSAL.matcher(plain).find()) {
            throw new EnhancerException("the model declined");
        }
        var sentences = Sentences.of(plain).stream()
                .filter(sentence -> !repeats(told, sentence))
                .filter(sentence -> !AFTERWORD.matcher(sentence.strip()).find())
                .toList();
        var description = String.join("", answer.whole() ? sentences : finished(sentences))
                .strip();
        if (description.codePoints().noneMatch(Character::isLetterOrDigit)) {
            throw new EnhancerException("the answer was empty");
        }
        return description;
    }

    private static String unmarked(String text) {
        var spoken =
                CONTROL_TOKENS.matcher(THOUGHTS.matcher(text).replaceAll(" ")).replaceAll(" ");
        var lines =
                LINE_MARKS.matcher(UNPRINTABLE.matcher(spoken).replaceAll("")).replaceAll("");
        return EMPHASIS.matcher(lines).replaceAll("").strip();
    }

    /** There may be several, one after the other; then white space is of no more use. */
    private static String preamble(String text) {
        var rest = text;
        for (var shorter = PREAMBLE.matcher(rest).replaceFirst(""); !shorter.equals(rest); ) {
            rest = shorter;
            shorter = PREAMBLE.matcher(rest).replaceFirst("");
        }
        return rest.replaceAll("\\s+", " ").strip();
    }

    private static String unquoted(String text) {
        var quoted = QUOTED.matcher(text);
        return quoted.matches() ? quoted.group(2).strip() : text;
    }

    private static boolean repeats(String told, String sentence) {
        var words = words(sentence);
        return words.length() >= TELLING && words(told).contains(words);
    }

    private static String words(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }

    /** Without a last sentence that has no end, unless it is the only one. */
    private static List<String> finished(List<String> sentences) {
        return sentences.size() > 1 && !Sentences.isFinished(sentences.getLast())
                ? sentences.subList(0, sentences.size() - 1)
                : sentences;
    }
}
