package com.ourvidz.diffusion.tensor;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;

/**
 * Something made of tensors that stays when the call that made it is over: a model with its weights. Closing it frees them, from any thread.
 */
public final class Lasting<T> implements AutoCloseable {

    static {
        LibTorch.setUp();
    }

    private final PointerScope scope;
    private final T value;

    private Lasting(PointerScope scope, T value) {
        this.scope = scope;
        this.value = value;
    }

    /** Keeps every tensor that {@code maker} makes, unless it fails: then none is left. */
    public static <T> Lasting<T> of(Supplier<T> maker) {
        PointerScope scope = new PointerScope();
        try {
            Lasting<T> lasting = new Lasting<>(scope, OutOfMemoryException.naming(maker));
            scope.extend(); // past the close that takes it off this thread's stack
            return lasting;
        } finally {
            scope.close();
        }
    }

    public T value() {
        return value;
    }

    /** The system has the memory afterwards. */
    @Override
    public void close() {
        scope.close();
        NativeHeap.trim();
    }
}
