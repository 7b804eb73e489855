package com.ourvidz.diffusion.tokenizer;

/**
 * A part of a prompt, and how much it counts: 1 as much as any, less down to 0 for not at all.
 *
 * @param text without the signs that gave it its weight
 * @param weight -10 to 10
 */
record Fragment(String text, double weight) {

    /** Beyond it nothing is left of the rest of the prompt, and numbers overflow. */
    private static final double MOST = 10;

    static Fragment plain(String text) {
        return new Fragment(text, 1);
    }

    Fragment {
        weight = Math.clamp(weight, -MOST, MOST);
    }

    Fragment times(double factor) {
        return new Fragment(text, weight * factor);
    }
}
