package com.ourvidz.core.safety;

/** Words that belong together. */
@FunctionalInterface
interface Vocabulary {

    /** Whether any of them is said, in any of the readings. */
    boolean mentionedIn(Spellings spellings);
}
