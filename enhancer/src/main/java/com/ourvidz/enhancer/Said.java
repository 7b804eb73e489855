package com.ourvidz.enhancer;

/** What a model says while it is asked. */
sealed interface Said {

    /** It is ready; the time for the answer begins. */
    record Loaded() implements Said {}

    /** More of the answer. */
    record Piece(String text) implements Said {}

    /**
     * That was all.
     *
     * @param whole false when it was cut off because it may not write more
     */
    record End(boolean whole) implements Said {}

    /** There will be no answer. */
    record Failed(String why) implements Said {}
}
