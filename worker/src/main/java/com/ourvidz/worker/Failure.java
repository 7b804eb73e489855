package com.ourvidz.worker;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.sdxl.NotFiniteException;
import com.ourvidz.diffusion.tensor.OutOfMemoryException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Why a job failed.
 *
 * @param sentence for the user: what failed and what to do
 * @param fatal whether this process is not to be trusted any more and should be replaced
 */
record Failure(String sentence, boolean fatal) {

    static Failure of(Throwable cause) {
        return switch (cause) {
            case CheckpointException e -> of("The model cannot be loaded. " + e.getMessage());
            case NotFiniteException e -> of(String.valueOf(e.getMessage()));
            case RefusedException e -> of("The server refused the result: " + e.getMessage());
            case IOException e -> of("The result was made, but the server did not take it. Try again.");
            case UncheckedIOException e ->
                of("The result could not be written to the worker's disk: " + e.getMessage());
            case OutOfMemoryError e -> outOfMemory();
            case OutOfMemoryException e -> outOfMemory();
            case Error e -> new Failure(unexpected(e), true);
            default -> of(unexpected(cause));
        };
    }

    private static Failure of(String sentence) {
        return new Failure(sentence, false);
    }

    private static Failure outOfMemory() {
        return new Failure(
                "The worker ran out of memory and is being restarted. Ask for fewer images, or give it a smaller model.",
                true);
    }

    private static String unexpected(Throwable cause) {
        return "Generation failed because of a fault in the worker (%s). Try again; if it fails again, the worker's log says more."
                .formatted(cause.getClass().getSimpleName());
    }
}
