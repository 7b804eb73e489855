package com.ourvidz.diffusion.tensor;

import java.util.Objects;
import java.util.function.Supplier;

/** LibTorch's allocator, of the CPU or a GPU, has no more memory. The process that it happens in is best replaced: what is left is in pieces. */
public final class OutOfMemoryException extends RuntimeException {

    private OutOfMemoryException(RuntimeException cause) {
        super(
                "Out of memory. Ask for fewer or smaller pictures, compute in bfloat16 or float16, or choose a smaller model.",
                cause);
    }

    /** Runs {@code computation}; what LibTorch throws when memory ends comes out as this, all else as it is. */
    static <T> T naming(Supplier<T> computation) {
        try {
            return computation.get();
        } catch (OutOfMemoryException e) {
            throw e;
        } catch (RuntimeException e) {
            throw isOutOfMemory(e) ? new OutOfMemoryException(e) : e;
        }
    }

    /** LibTorch's exceptions reach Java as one type, so the allocators are known by their words. */
    private static boolean isOutOfMemory(RuntimeException e) {
        String message = Objects.requireNonNullElse(e.getMessage(), "");
        return message.contains("can't allocate memory") // the CPU's
                || message.contains("out of memory") // CUDA's, with or without its caching allocator
                || message.contains("std::bad_alloc")
                || message.contains("CUBLAS_STATUS_ALLOC_FAILED"); // cuBLAS has a workspace of its own
    }
}
