package com.ourvidz.enhancer;

/** There is no enhanced prompt. The message says why, in half a sentence for the operator's log, and never holds the prompt. */
public final class EnhancerException extends Exception {

    public EnhancerException(String message) {
        super(message);
    }
}
