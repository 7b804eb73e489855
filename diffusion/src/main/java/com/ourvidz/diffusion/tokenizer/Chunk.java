package com.ourvidz.diffusion.tokenizer;

import java.util.stream.IntStream;

/** As much of a prompt as a text encoder reads at once. */
public final class Chunk {

    private final long[] ids;
    private final float[] weights;

    Chunk(long[] ids, float[] weights) {
        this.ids = ids;
        this.weights = weights;
    }

    /** Start, tokens, end, padding. */
    public long[] ids() {
        return ids.clone();
    }

    /** One for each id; 1 for start, end and padding. */
    public float[] weights() {
        return weights.clone();
    }

    /** Whether any token counts more or less than the others. */
    public boolean isWeighted() {
        return IntStream.range(0, weights.length).anyMatch(i -> weights[i] != 1);
    }
}
