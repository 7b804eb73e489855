package com.ourvidz.diffusion.tensor;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The C library's heap, which LibTorch's tensors are in. It keeps what is freed for the next allocation, unless told otherwise. */
final class NativeHeap {

    private static final Logger LOGGER = LoggerFactory.getLogger(NativeHeap.class);
    private static final FunctionDescriptor MALLOC_TRIM =
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG);

    private NativeHeap() {}

    /** Gives all free pages back to the system; a few milliseconds. Does nothing where the C library is not glibc. */
    static void trim() {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> trim = linker.defaultLookup().find("malloc_trim");
        trim.ifPresent(function -> call(linker, function));
    }

    private static void call(Linker linker, MemorySegment function) {
        try {
            int released = (int) linker.downcallHandle(function, MALLOC_TRIM).invokeExact(0L);
            LOGGER.debug("malloc_trim gave {}", released);
        } catch (Throwable e) {
            throw new IllegalStateException("malloc_trim cannot be called", e);
        }
    }
}
