package com.ourvidz.enhancer;

/**
 * What came of a prompt.
 *
 * @param prompt to be rendered; the original where there is no better one
 * @param by who has written it: {@code grammar}, a model's name, or {@link #NONE}
 * @param seconds what it took
 */
public record Enhanced(String prompt, String by, double seconds) {

    /** Nobody: the prompt is the original. */
    public static final String NONE = "none";

    public static Enhanced none(String original, double seconds) {
        return new Enhanced(original, NONE, seconds);
    }

    public boolean isEnhanced() {
        return !by.equals(NONE);
    }
}
