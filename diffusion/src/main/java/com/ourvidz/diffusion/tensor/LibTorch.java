package com.ourvidz.diffusion.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Settings that the native libraries read once, when they are loaded. Each can be made from outside, and is then left alone. */
final class LibTorch {

    static {
        freeByScopeOnly();
        waitAsleep();
    }

    private LibTorch() {}

    /** Makes sure that the settings are made; for the static blocks of what is used first. */
    static void setUp() {}

    /**
     * By default JavaCPP lets the garbage collector free tensors too, and limits the process to a multiple of the Java heap. Here scopes free
     * everything, and models are larger than the heap.
     */
    private static void freeByScopeOnly() {
        setProperty("org.bytedeco.javacpp.nopointergc", "true");
        setProperty("org.bytedeco.javacpp.maxbytes", "0");
        setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
    }

    private static void setProperty(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }

    /**
     * By default OpenMP's threads spin while they wait for one another. When something else wants a core too, the thread that all wait for is
     * the one that is not running: pictures then took ten to fifty times as long.
     */
    private static void waitAsleep() {
        if (System.getenv("OMP_WAIT_POLICY") == null) {
            Linker linker = Linker.nativeLinker();
            linker.defaultLookup()
                    .find("setenv")
                    .ifPresent(address -> setEnvironment(linker, address, "OMP_WAIT_POLICY", "passive"));
        }
    }

    /** Of this process. Java has no way to: {@link System#getenv} is a copy. */
    private static void setEnvironment(Linker linker, MemorySegment address, String name, String value) {
        FunctionDescriptor setenv = FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
        MethodHandle handle = linker.downcallHandle(address, setenv);
        try (Arena arena = Arena.ofConfined()) {
            int failed = (int) handle.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
            if (failed != 0) {
                throw new IllegalStateException("setenv of " + name + " failed");
            }
        } catch (Throwable e) {
            throw new IllegalStateException("setenv of " + name + " failed", e);
        }
    }
}
