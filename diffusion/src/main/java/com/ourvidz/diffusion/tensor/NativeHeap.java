package com.ourvidz.diffusion.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
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

    /** How many bytes are given out; empty where the C library is not glibc 2.33 or newer. */
    static OptionalLong used() {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup().find("mallinfo2").stream()
                .mapToLong(function -> used(linker, function))
                .findFirst();
    }

    private static long used(Linker linker, MemorySegment function) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = (MemorySegment) linker.downcallHandle(function, FunctionDescriptor.of(MALLINFO2))
                    .invokeExact((SegmentAllocator) arena);
            return info.getAtIndex(ValueLayout.JAVA_LONG, MAPPED) + info.getAtIndex(ValueLayout.JAVA_LONG, IN_ARENAS);
        } catch (Throwable e) {
            throw new IllegalStateException("mallinfo2 cannot be called", e);
        }
    }
}
