package com.ourvidz.diffusion.tokenizer;

import java.nio.file.Path;

/** CLIP's tokenizer. */
public final class ClipTokenizer {

    private ClipTokenizer() {}

    public static ClipTokenizer load(Path folder) {
        throw new UnsupportedOperationException(folder.toString());
    }

    public long[] encode(String prompt) {
        throw new UnsupportedOperationException(prompt);
    }

    public int bos() {
        return 0;
    }

    public int eos() {
        return 0;
    }

    public int pad() {
        return 0;
    }

    public int maxLength() {
        return 77;
    }
}
