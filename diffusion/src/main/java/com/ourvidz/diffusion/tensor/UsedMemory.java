package com.ourvidz.diffusion.tensor;

import org.bytedeco.javacpp.Pointer;

/** How much memory this process has taken for tensors and whatever else is not Java's, on the CPU. */
public final class UsedMemory {

    static {
        LibTorch.setUp();
    }

    private UsedMemory() {}

    /** In bytes: what the C library's heap has given out; where the C library is not glibc, all that the process has in memory. */
    public static long bytes() {
        return NativeHeap.used().orElseGet(Pointer::physicalBytes);
    }
}
