package com.ourvidz.enhancer;

import java.lang.Character.UnicodeScript;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What language a description is in. */
public enum Language {
    /** The prompt's own. */
    PROMPT("the language of the user's text"),
    EN("English"),
    ZH("simplified Chinese");

    private final String inWords;

    Language(String inWords) {
        this.inWords = inWords;
    }

    /** By the name in settings and requests: {@code prompt}, {@code en} or {@code zh}. */
    public static Optional<Language> of(String id) {
        return Stream.of(values()).filter(language -> language.id().equals(id)).findFirst();
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For an instruction. */
    String inWords() {
        return inWords;
    }

    /** Whether a description of the prompt is to be in Chinese. Chinese is written without the kana that Japanese has. */
    boolean isChineseFor(String prompt) {
        return switch (this) {
            case ZH -> true;
            case EN -> false;
            case PROMPT ->
                has(prompt, UnicodeScript.HAN)
                        && !has(prompt, UnicodeScript.HIRAGANA)
                        && !has(prompt, UnicodeScript.KATAKANA);
        };
    }

    private static boolean has(String text, UnicodeScript script) {
        return text.codePoints().anyMatch(character -> UnicodeScript.of(character) == script);
    }
}
