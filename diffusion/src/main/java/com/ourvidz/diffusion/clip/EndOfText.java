package com.ourvidz.diffusion.clip;

import java.util.stream.IntStream;

/** Where a prompt ends. */
record EndOfText(int id) {

    /** Early configurations carry this id whatever the vocabulary has; in them the largest id is the end of text. */
    private static final int LEGACY_ID = 2;

    int position(long[] ids) {
        return id == LEGACY_ID ? firstOfLargest(ids) : firstOf(ids, id);
    }

    private static int firstOfLargest(long[] ids) {
        return firstOf(ids, java.util.Arrays.stream(ids).max().orElseThrow());
    }

    /** As transformers has it: the first token when there is none. */
    private static int firstOf(long[] ids, long wanted) {
        return IntStream.range(0, ids.length)
                .filter(i -> ids[i] == wanted)
                .findFirst()
                .orElse(0);
    }
}
