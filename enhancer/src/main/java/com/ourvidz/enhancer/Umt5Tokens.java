package com.ourvidz.enhancer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts with a {@code tokenizer.json}, which is read with the first text; without it, as many as there could be. May be used by several
 * threads.
 */
final class Umt5Tokens implements TokenCount {

    private static final Map<String, String> AS_IT_IS =
            Map.of("truncation", "do_not_truncate", "padding", "do_not_pad");

    private static final Logger LOG = LoggerFactory.getLogger(Umt5Tokens.class);

    private final Path file;
    private @Nullable TokenCount opened;

    Umt5Tokens(Path file) {
        this.file = file;
    }

    @Override
    public int of(String text) {
        return opened().of(text);
    }

    private synchronized TokenCount opened() {
        if (opened == null) {
            opened = open();
        }
        return opened;
    }

    private TokenCount open() {
        System.setProperty("ai.djl.offline", "true");
        try (var in = Files.newInputStream(file)) {
            var tokenizer = HuggingFaceTokenizer.newInstance(in, AS_IT_IS);
            return text -> tokenizer.encode(wellFormed(text), true, false).getIds().length;
        } catch (IOException | RuntimeException | LinkageError e) {
            LOG.warn(
                    "No tokenizer at {}, so that enhanced prompts are shorter than they could be: {}",
                    file,
                    e.toString());
            return TokenCount::most;
        }
    }

    /** The tokenizer takes UTF-8, which has no unpaired surrogates: they become {@code ?}. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
