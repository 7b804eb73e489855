package com.ourvidz.diffusion.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.ourvidz.diffusion.checkpoint.CheckpointException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Hugging Face's tokenizers, as DJL binds them. It neither cuts nor pads, nor looks for anything on the network. */
final class NativeTokenizer implements AutoCloseable {

    private static final Map<String, String> AS_IT_IS =
            Map.of("truncation", "do_not_truncate", "padding", "do_not_pad");

    private final HuggingFaceTokenizer tokenizer;

    private NativeTokenizer(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * Opens a tokenizer.
     *
     * @param file where it is from, for messages
     * @param json the contents of a {@code tokenizer.json}
     */
    static NativeTokenizer open(Path file, byte[] json) {
        System.setProperty("ai.djl.offline", "true");
        try {
            return new NativeTokenizer(HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), AS_IT_IS));
        } catch (IOException | RuntimeException e) {
            throw new CheckpointException(file + " is not a usable tokenizer: " + e.getMessage(), e);
        }
    }

    /** The ids of all of a prompt's tokens. */
    long[] tokens(String prompt) {
        return tokenizer.encode(wellFormed(prompt), false, false).getIds();
    }

    /** The same with the tokens that the tokenizer itself puts around a prompt. */
    long[] tokensWithSpecial(String prompt) {
        return tokenizer.encode(wellFormed(prompt), true, false).getIds();
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    /** The tokenizer takes UTF-8, which has no unpaired surrogates: they become {@code ?}. */
    private static String wellFormed(String prompt) {
        return new String(prompt.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
