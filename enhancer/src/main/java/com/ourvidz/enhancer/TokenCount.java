package com.ourvidz.enhancer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;

/** How long a text is for an encoder. */
@FunctionalInterface
public interface TokenCount {

    /** Not fewer than there are, the one at the end included. */
    int of(String text);

    /**
     * As the tokenizer of a WAN checkpoint counts; where the checkpoint has none that can be read here, as many as there could be.
     *
     * @param checkpoint a folder in the diffusers layout, which may be missing
     */
    static TokenCount ofWan(Path checkpoint) {
        return new Umt5Tokens(checkpoint.resolve("tokenizer").resolve("tokenizer.json"));
    }

    /**
     * As many as there could be: a token has at least a byte of the text, which tokenizers read in its compatibility form; besides there is the
     * space before it, and the end.
     */
    static int most(String text) {
        return Math.max(bytes(text), bytes(Normalizer.normalize(text, Normalizer.Form.NFKC))) + 2;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
