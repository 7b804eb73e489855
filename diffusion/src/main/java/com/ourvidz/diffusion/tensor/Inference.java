package com.ourvidz.diffusion.tensor;

import java.util.function.Supplier;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.global.torch;

/**
 * How models are run: without the bookkeeping that training needs.
 *
 * @param threads that LibTorch computes with; they are the process's, so the last setting counts for all
 */
public record Inference(int threads) {

    /**
     * Runs {@code computation} and frees all tensors that it made. Its value is something of Java's: numbers, not tensors.
     *
     * @throws OutOfMemoryException when memory ends
     */
    public <T> T run(Supplier<T> computation) {
        return OutOfMemoryException.naming(() -> Scoped.value(() -> {
            startInferenceMode();
            setThreads();
            return computation.get();
        }));
    }

    /**
     * Of LibTorch and oneDNN. OpenBLAS gets one: the thread that calls it spins until its other threads are done, which took a second a step
     * when something else wanted a core, and attention calls it from all of LibTorch's threads anyway.
     */
    private void setThreads() {
        torch.set_num_threads(threads);
        openblas_nolapack.blas_set_num_threads(1);
    }

    /** Until the innermost scope closes: the guard is a native object, and its end is the mode's. */
    @SuppressWarnings("CheckReturnValue") // what counts is that it exists
    private static void startInferenceMode() {
        new InferenceMode();
    }
}
