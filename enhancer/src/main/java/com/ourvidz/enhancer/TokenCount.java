package com.ourvidz.enhancer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

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
        var file = checkpoint.resolve("tokenizer").resolve("tokenizer.json");
        return Files.isReadable(file) ? new Umt5Tokens(file) : TokenCount::most;
    }

    /** A token has at least a byte; besides there is the space before the text, and the end. */
    private static int most(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length + 2;
    }
}
