package com.ourvidz.diffusion.checkpoint;

/**
 * A checkpoint cannot be used. The message is for its owner: it names the file, the tensor or setting, and what to do.
 */
public final class CheckpointException extends RuntimeException {

    public CheckpointException(String message) {
        super(message);
    }

    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
