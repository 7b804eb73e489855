package com.ourvidz.diffusion.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The C library's heap, which LibTorch's tensors are in. It keeps what is freed for the next allocation, unless told otherwise. */
final class NativeHeap {

    private static final Logger LOGGER = LoggerFactory.getLogger(NativeHeap.class);
    private static final FunctionDescriptor MALLOC_TRIM =
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG);

    /** {@code struct mallinfo2}: ten numbers, of which two are read. */
    private static final StructLayout MALLINFO2 =
            MemoryLayout.structLayout(MemoryLayout.sequenceLayout(10, ValueLayout.JAVA_LONG));

    private static final int MAPPED = 4; // hblkhd: in blocks that are mapped one by one, which are the large ones
    private static final int IN_ARENAS = 7; // uordblks: in all others

    private static final FunctionDescriptor MALLOPT =
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);

    private static final int TRIM_THRESHOLD = -1; // M_TRIM_THRESHOLD of malloc.h
    private static final int MMAP_THRESHOLD = -3; // M_MMAP_THRESHOLD

    /** Feature maps are larger and weights of a layer mostly smaller. */
    private static final int LARGE = 4 << 20;

    private static final int KEPT = 16 << 20;

    private NativeHeap() {}

    /**
     * Lets large tensors come from the system and go back to it when they are freed. By default glibc raises the size from which it does that
     * up to 32 MB as it sees tensors freed, and keeps smaller ones, between which holes stay that fit no larger one: a tenth of the peak.
     */
    static void returnLargeTensors() {
        if (System.getenv("MALLOC_MMAP_THRESHOLD_") == null) {
            set(MMAP_THRESHOLD, LARGE);
            set(TRIM_THRESHOLD, KEPT); // setting one of the two ends the raising of both
        }
    }

    /** Gives all free pages back to the system; a few milliseconds. Does nothing where the C library is not glibc. */
    static void trim() {
        function("malloc_trim", MALLOC_TRIM).ifPresent(trim -> {
            try {
                int released = (int) trim.invokeExact(0L);
                LOGGER.debug("malloc_trim gave {}", released);
            } catch (Throwable e) {
                throw new IllegalStateException("malloc_trim cannot be called", e);
            }
        });
    }

    private static void set(int parameter, int value) {
        function("mallopt", MALLOPT).ifPresent(mallopt -> {
            try {
                int done = (int) mallopt.invokeExact(parameter, value);
                LOGGER.debug("mallopt {} gave {}", parameter, done);
            } catch (Throwable e) {
                throw new IllegalStateException("mallopt cannot be called", e);
            }
        });
    }

    private static Optional<MethodHandle> function(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup().find(name).map(address -> linker.downcallHandle(address, descriptor));
    }

    /** How many bytes are given out; empty where the C library is not glibc 2.33 or newer. */
    static OptionalLong used() {
        return function("mallinfo2", FunctionDescriptor.of(MALLINFO2)).stream()
                .mapToLong(NativeHeap::used)
                .findFirst();
    }

    private static long used(MethodHandle mallinfo2) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = (MemorySegment) mallinfo2.invokeExact((SegmentAllocator) arena);
            return info.getAtIndex(ValueLayout.JAVA_LONG, MAPPED) + info.getAtIndex(ValueLayout.JAVA_LONG, IN_ARENAS);
        } catch (Throwable e) {
            throw new IllegalStateException("mallinfo2 cannot be called", e);
        }
    }
}
