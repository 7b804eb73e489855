package com.ourvidz.diffusion.tensor;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Frees what a computation makes on its way. LibTorch's memory is invisible to the garbage collector: a tensor lives until its {@link
 * PointerScope} closes, so each block of a model computes in a scope of its own and hands on nothing but its result.
 */
public final class Scoped {

    static {
        LibTorch.setUp();
    }

    private Scoped() {}

    /**
     * Runs {@code computation} and frees all tensors that it made but the one that it returns, which then belongs to the caller's scope.
     *
     * @throws IllegalStateException when the caller has no open scope: the result would be nobody's
     */
    public static Tensor result(Supplier<Tensor> computation) {
        PointerScope caller = PointerScope.getInnerScope();
        if (caller == null) {
            throw new IllegalStateException("Open a PointerScope first: it decides how long the result lives");
        }
        return value(() -> {
            Tensor result = computation.get();
            caller.attach(result);
            return result;
        });
    }

    /** Runs {@code computation} and frees all tensors that it made. */
    public static void run(Runnable computation) {
        PointerScope scope = new PointerScope();
        try {
            computation.run();
        } finally {
            scope.close();
        }
    }

    /** Runs {@code computation} and frees all tensors that it made. Its value is something of Java's: numbers, not tensors. */
    public static <T> T value(Supplier<T> computation) {
        PointerScope scope = new PointerScope();
        try {
            return computation.get();
        } finally {
            scope.close();
        }
    }
}
