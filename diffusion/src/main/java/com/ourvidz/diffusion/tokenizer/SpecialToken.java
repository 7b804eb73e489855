package com.ourvidz.diffusion.tokenizer;

import com.ourvidz.diffusion.checkpoint.Config;

/**
 * A token that stands in the vocabulary as it is and is found in a prompt before anything else.
 *
 * @param normalized whether it is looked for in the lower-cased prompt instead of the prompt as it was written
 */
record SpecialToken(String content, boolean normalized) {

    /**
     * The token that {@code settings} give a role such as {@code pad_token}: a text, or an object with its {@code
     * content}.
     */
    static SpecialToken of(Config settings, String role) {
        if (!settings.isSection(role)) {
            return new SpecialToken(settings.text(role), false);
        }
        Config token = settings.section(role);
        return new SpecialToken(token.text("content"), token.flag("normalized", false));
    }
}
