package com.ourvidz.diffusion.tokenizer;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * UMT5's tokenizer: a unigram model over the whole of Unicode (Kudo 2018), with the ids that transformers gives. May be used by several
 * threads.
 */
public final class Umt5Tokenizer implements AutoCloseable {

    private final NativeTokenizer tokenizer;
    private final long eos;

    private Umt5Tokenizer(NativeTokenizer tokenizer, long eos) {
        this.tokenizer = tokenizer;
        this.eos = eos;
    }

    /**
     * Reads a tokenizer.
     *
     * @param folder holds {@code tokenizer.json}
     * @throws CheckpointException when that file is missing or damaged
     */
    public static Umt5Tokenizer load(Path folder) {
        Path file = folder.resolve("tokenizer.json");
        NativeTokenizer tokenizer = NativeTokenizer.open(file, bytes(folder, file));
        long[] ends = tokenizer.tokensWithSpecial("");
        if (ends.length != 1) {
            tokenizer.close();
            throw new CheckpointException(
                    file + " does not end prompts with one token, as a UMT5 tokenizer does. Choose that of UMT5.");
        }
        return new Umt5Tokenizer(tokenizer, ends[0]);
    }

    /**
     * The ids of a prompt as the text encoder reads them, without padding.
     *
     * @param most how many there may be, at least 1
     * @return the prompt's tokens, cut off when they are too many, then {@link #eos}
     */
    public long[] encode(String prompt, int most) {
        long[] tokens = tokenizer.tokens(prompt);
        long[] ids = Arrays.copyOf(tokens, Math.min(tokens.length, most - 1) + 1);
        ids[ids.length - 1] = eos;
        return ids;
    }

    /** The id that ends a prompt. */
    public long eos() {
        return eos;
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    private static byte[] bytes(Path folder, Path file) {
        if (!Files.exists(file) && Files.exists(folder.resolve("spiece.model"))) {
            throw new CheckpointException(
                    folder + " has its tokenizer as spiece.model alone, which is not read here. Put"
                            + " the tokenizer.json of google/umt5-xxl beside it: it holds the same tokenizer.");
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CheckpointException(
                    file + " is missing or cannot be read. Copy the whole tokenizer folder of the checkpoint.", e);
        }
    }
}
