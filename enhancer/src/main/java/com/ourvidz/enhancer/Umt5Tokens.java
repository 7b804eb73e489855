package com.ourvidz.enhancer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts with a {@code tokenizer.json}, which is read with the first text. May be used by several threads. */
final class Umt5Tokens implements TokenCount {

    private static final Map<String, String> AS_IT_IS =
            Map.of("truncation", "do_not_truncate", "padding", "do_not_pad");

    private final Path file;
    private @Nullable HuggingFaceTokenizer tokenizer;

    Umt5Tokens(Path file) {
        this.file = file;
    }

    @Override
    public int of(String text) {
        // The tokenizer takes UTF-8, which has no unpaired surrogates: they become '?'.
        var wellFormed = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return tokenizer().encode(wellFormed, true, false).getIds().length;
    }

    private synchronized HuggingFaceTokenizer tokenizer() {
        if (tokenizer == null) {
            tokenizer = open();
        }
        return tokenizer;
    }

    private HuggingFaceTokenizer open() {
        System.setProperty("ai.djl.offline", "true");
        try (var in = Files.newInputStream(file)) {
            return HuggingFaceTokenizer.newInstance(in, AS_IT_IS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
