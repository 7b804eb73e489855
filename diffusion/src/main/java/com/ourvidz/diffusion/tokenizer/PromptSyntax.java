package com.ourvidz.diffusion.tokenizer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The signs for weights that AUTOMATIC1111's web UI introduced: {@code (word)} counts 1.1 times, {@code (word:1.3)} 1.3 times and {@code
 * [word]} 1 / 1.1 times; brackets in brackets multiply. A backslash before a bracket or a backslash makes it text. {@code BREAK} ends a
 * section.
 *
 * <p>A bracket without its counterpart is text too: no prompt is wrong.
 */
final class PromptSyntax {

    private static final double ATTENTION = 1.1;
    private static final Pattern SIGN = Pattern.compile(
            "\\\\[\\\\()\\[\\]]|[()\\[\\]]|:\\s*(?<weight>[+-]?(?:\\d+\\.?\\d*|\\.\\d+))\\s*\\)|\\s*\\bBREAK\\b\\s*");

    private final List<Fragment> fragments = new ArrayList<>();
    private final List<Integer> breaks = new ArrayList<>(); // the first fragment of each section but the first
    private final Deque<Integer> round = new ArrayDeque<>(); // the fragments that are brackets not closed yet
    private final Deque<Integer> square = new ArrayDeque<>();

    private PromptSyntax() {}

    /** The sections of a prompt, at least one. In a section neighbours differ in weight, and none is without text. */
    static List<List<Fragment>> sections(String prompt) {
        PromptSyntax syntax = new PromptSyntax();
        Matcher sign = SIGN.matcher(prompt);
        int end = 0;
        while (sign.find()) {
            syntax.text(prompt.substring(end, sign.start()));
            syntax.sign(sign);
            end = sign.end();
        }
        syntax.text(prompt.substring(end));
        return syntax.sections();
    }

    private void text(String text) {
        fragments.add(Fragment.plain(text));
    }

    private void sign(Matcher sign) {
        String text = sign.group();
        switch (text.charAt(0)) {
            case '\\' -> text(text.substring(1));
            case '(' -> open(round, text);
            case '[' -> open(square, text);
            case ')' -> close(round, ATTENTION, text);
            case ']' -> close(square, 1 / ATTENTION, text);
            case ':' -> close(round, Double.parseDouble(sign.group("weight")), text);
            default -> breaks.add(fragments.size());
        }
    }

    /** Text until its counterpart comes. */
    private void open(Deque<Integer> brackets, String text) {
        brackets.push(fragments.size());
        text(text);
    }

    private void close(Deque<Integer> brackets, double weight, String text) {
        if (brackets.isEmpty()) {
            text(text);
            return;
        }
        int opened = brackets.pop();
        fragments.set(opened, Fragment.plain(""));
        fragments.subList(opened, fragments.size()).replaceAll(fragment -> fragment.times(weight));
    }

    private List<List<Fragment>> sections() {
        List<List<Fragment>> sections = new ArrayList<>();
        int start = 0;
        for (int end : breaks) {
            sections.add(joined(fragments.subList(start, end)));
            start = end;
        }
        sections.add(joined(fragments.subList(start, fragments.size())));
        return sections;
    }

    private static List<Fragment> joined(List<Fragment> fragments) {
        List<Fragment> joined = new ArrayList<>();
        for (Fragment fragment : fragments) {
            if (!joined.isEmpty() && joined.getLast().weight() == fragment.weight()) {
                Fragment last = joined.removeLast();
                joined.add(new Fragment(last.text() + fragment.text(), last.weight()));
            } else if (!fragment.text().isEmpty()) {
                joined.add(fragment);
            }
        }
        return joined;
    }
}
